"""Tables for the bench with fixed seeds, and the seconds that Python and pyarrow need to read them (the best of three)."""

import json
import sys
import time


def best(read):
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        read()
        taken.append(time.perf_counter() - began)
    print(min(taken))


def jsonl(path, size):
    import numpy as np

    rng = np.random.default_rng(13)
    written = row = 0
    with open(path, "w") as file:
        while written < int(size):
            score = rng.random(10_000).tolist()
            label = (rng.random(10_000) < 0.3).tolist()
            latency = rng.lognormal(3, 1, 10_000).round(3).tolist()
            for y, p, ms in zip(label, score, latency):
                country = ("BR", "US", "Österreich")[row % 3]
                values = {"id": f"r{row:08d}", "label": int(y), "prediction": int(p >= 0.5), "score": p, "weight": 1.0, "latency_ms": ms, "country": country, "channel": "web", "model": "scorer-3", "ok": True}
                written += file.write(json.dumps(values, ensure_ascii=False) + "\n")
                row += 1


def parquet(path, rows):
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(17)
    count = int(rows)
    columns = {"id": [f"r{row:08d}" for row in range(count)], "label": (rng.random(count) < 0.3).astype(np.int64)}
    for k in range(8):
        columns[f"v{k}"] = rng.random(count)
    pq.write_table(pa.table(columns), path)


def lines(path):
    def read():
        with open(path, encoding="utf-8") as file:
            for line in file:
                json.loads(line)

    best(read)


def columns(path, *names):
    import pyarrow.parquet as pq

    best(lambda: pq.read_table(path, columns=list(names)))


if __name__ == "__main__":
    task, *given = sys.argv[1:]
    {"jsonl": jsonl, "parquet": parquet, "lines": lines, "columns": columns}[task](*given)
