"""Writes one table of predictions in every form, by the tools that people use. Arguments: folder, rows."""
import json
import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

folder = Path(sys.argv[1])
rows = int(sys.argv[2])
rng = np.random.default_rng(20261121)
label = rng.integers(0, 3, rows)
probabilities = rng.dirichlet([1.0, 1.0, 1.0], rows)
table = pd.DataFrame(
    {
        # Beyond 2^53, where doubles lie two apart.
        "id": (2**53 + 1 + 2 * np.arange(rows)).astype(np.int64),
        "label": label,
        "prediction": np.where(rng.random(rows) < 0.7, label, rng.integers(0, 3, rows)),
        "score:0": probabilities[:, 0],
        "score:1": probabilities[:, 1],
        "score:2": probabilities[:, 2],
        "weight": np.exp(rng.normal(0, 2, rows)),
        "country": rng.choice(["BR", "Österreich", "日本", 'a "quoted", one'], rows),
        "tier": rng.choice([0.5, 1.0, 2.0], rows),
        "unused": rng.normal(size=rows),
    }
)
frame = pl.from_pandas(table)
arrow = pa.Table.from_pandas(table, preserve_index=False)
listed = frame.with_columns(pl.concat_list("score:0", "score:1", "score:2").alias("score")).drop("score:0", "score:1", "score:2")


def path(name):
    return str(folder / name)


table.to_csv(path("pandas.csv"), index=False)
frame.write_csv(path("polars.csv"))
duckdb.sql(f"copy frame to '{path('duckdb.csv')}' (format csv, header)")
table.to_csv(path("pandas.csv.gz"), index=False)
table.to_json(path("pandas.jsonl"), orient="records", lines=True, double_precision=15)
frame.write_ndjson(path("polars.ndjson"))
listed.write_ndjson(path("polars-list.ndjson"))
duckdb.sql(f"copy frame to '{path('duckdb.jsonl')}' (format json)")
with open(path("python.jsonl"), "w") as file:
    for row in table.to_dict("records"):
        file.write(json.dumps(row) + "\n")
table.to_json(path("pandas.jsonl.gz"), orient="records", lines=True, double_precision=15)
table.to_parquet(path("pandas.parquet"))
for codec in ["NONE", "SNAPPY", "GZIP", "ZSTD", "BROTLI", "LZ4"]:
    pq.write_table(arrow, path(f"pyarrow-{codec}.parquet"), compression=codec, row_group_size=rows // 3 + 1)
pq.write_table(arrow, path("pyarrow-v2.parquet"), data_page_version="2.0", version="2.6", use_dictionary=False, data_page_size=4096)
pq.write_table(
    arrow, path("pyarrow-split.parquet"), use_dictionary=False, column_encoding={"weight": "BYTE_STREAM_SPLIT", "id": "DELTA_BINARY_PACKED", "country": "DELTA_BYTE_ARRAY"}
)
pq.write_table(pa.table({**{name: arrow[name] for name in arrow.column_names if name != "country"}, "country": arrow["country"].dictionary_encode()}), path("pyarrow-categories.parquet"))
pq.write_table(listed.to_arrow(), path("pyarrow-list.parquet"))
frame.write_parquet(path("polars.parquet"))
listed.write_parquet(path("polars-list.parquet"))
duckdb.sql(f"copy frame to '{path('duckdb.parquet')}' (format parquet)")
duckdb.sql(f"copy frame to '{path('duckdb-v2.parquet')}' (format parquet, parquet_version v2, codec zstd)")
duckdb.sql(f"copy listed to '{path('duckdb-list.parquet')}' (format parquet)")
arrays = {name: table[name].to_numpy() for name in ["id", "label", "prediction", "weight", "tier"]}
country = table["country"].to_numpy().astype(str)
np.savez(path("numpy.npz"), **arrays, country=country, y_score=probabilities, other=np.array({"a": 1}, dtype=object))
np.savez_compressed(path("numpy-packed.npz"), **arrays, country=country, y_score=np.asfortranarray(probabilities))
big = {name: values.astype(values.dtype.newbyteorder(">")) for name, values in arrays.items()}
np.savez(path("numpy-big.npz"), **big, country=country.astype(country.dtype.newbyteorder(">")), y_score=probabilities.astype(">f8"))
record = np.rec.fromarrays(
    [*arrays.values(), country, *probabilities.T], names=[*arrays, "country", "score:0", "score:1", "score:2"]
)
np.save(path("numpy-records.npy"), np.asarray(record))
# Other types, where the texts are what counts.
pq.write_table(
    pa.table(
        {
            "id": pa.array([1_700_000_000_123_456, 1_700_000_000_000_000, -1], pa.timestamp("us")),
            "utc": pa.array([1_700_000_000_123, 0, 1], pa.timestamp("ms", tz="UTC")),
            "day": pa.array([0, 19_000, -1], pa.date32()),
            "price": pa.array([12345, -5, 0], pa.int64()).cast(pa.decimal128(20, 0)).cast(pa.decimal128(22, 2)),
            "flag": pa.array([True, None, False]),
            "half": pa.array(np.array([0.5, 1.5, 65504], np.float16)),
            "single": pa.array(np.array([0.1, 2.5, -0.0], np.float32)),
            "long": pa.array([2**64 - 1, 2**63, 0], pa.uint64()),
            "time": pa.array([3_600_000_001, 0, 1], pa.time64("us")),
            "tags": pa.array([["a", "b"], [], None], pa.list_(pa.string())),
            "pair": pa.array([{"x": 1.5, "y": 2}, {"x": None, "y": 3}, None], pa.struct({"x": pa.float64(), "y": pa.int64()})),
            "name": pa.array(["a", None, "é"]),
            "label": pa.array([0, 1, None], pa.int8()),
        }
    ),
    path("types.parquet"),
)
