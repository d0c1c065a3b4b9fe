"""Writes one small table of predictions in every form. Argument: a folder."""
import json
import sys
from pathlib import Path

import numpy
import pyarrow
import pyarrow.parquet

folder = Path(sys.argv[1])
rows = [{"id": f"r{k:02}", "label": k % 3 % 2, "score": (k * 37 % 101) / 101, "country": ["BR", "DE", "日本"][k % 3]} for k in range(12)]
columns = {name: [row[name] for row in rows] for name in rows[0]}
for name, delimiter in [("p.csv", ","), ("p.tsv", "\t"), ("semicolon.csv", ";")]:
    lines = [delimiter.join(map(str, row.values())) for row in rows]
    (folder / name).write_text("\n".join([delimiter.join(columns), *lines, ""]))
(folder / "quoted.csv").write_text("\r\n".join(['"id","label","score","country"', *[f'"{r["id"]}","{r["label"]}",{r["score"]!r},"a ""{r["country"]}"", b"' for r in rows], ""]))
(folder / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
arrays = {name: numpy.array(values) for name, values in columns.items()}
numpy.savez(folder / "p.npz", **arrays)
numpy.savez_compressed(folder / "packed.npz", **arrays)
numpy.save(folder / "p.npy", numpy.asarray(numpy.rec.fromarrays(list(arrays.values()), names=list(arrays))))
arrow = pyarrow.table(columns)
pyarrow.parquet.write_table(arrow, folder / "p.parquet")
pyarrow.parquet.write_table(arrow, folder / "plain.parquet", compression="NONE", use_dictionary=False)
pyarrow.parquet.write_table(arrow, folder / "v2.parquet", compression="GZIP", data_page_version="2.0", version="2.6")
pyarrow.parquet.write_table(arrow, folder / "checked.parquet", compression="NONE", write_page_checksum=True)
