"""Writes tables of predictions of many kinds, each in every form, by the tools that people use: FOLDER/KIND/FORM/table. Arguments: folder, rows.

Every file of one kind must give the same evaluation. FOLDER/KIND/expected.json holds metrics that scikit-learn computes of it."""
import gzip
import json
import sys
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from sklearn import metrics

folder = Path(sys.argv[1])
rows = int(sys.argv[2])
rng = np.random.default_rng(5)
# Beyond 2^53, where doubles lie two apart.
ids = (2**53 + 1 + 2 * rng.permutation(rows)).astype(np.int64)


def plain(value):
    """A value as JSON has it; None where it is missing."""
    if isinstance(value, (list, np.ndarray)):
        return [plain(item) for item in value]
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value


def write(kind, arrow, expected, lists=None):
    """`lists` is the same table with a column of lists, which CSV cannot hold; where it is there, the forms are of both."""
    for tag, source in [("", arrow), ("-list", lists)]:
        if source is None:
            continue

        def to(form):
            path = folder / kind / (form + tag) / "table"
            path.parent.mkdir(parents=True)
            return str(path)

        # numpy_nullable keeps whole numbers whole where some are missing.
        nullable = any(column.null_count for column in source.columns)
        frame = source.to_pandas(types_mapper=pd.ArrowDtype) if nullable else source.to_pandas()
        polars = pl.from_arrow(source)
        nested = any(pa.types.is_list(field.type) for field in source.schema)
        if not nested:
            frame.to_csv(to("pandas-csv"), index=False)
            frame.to_csv(to("pandas-tsv"), index=False, sep="\t")
            frame.to_csv(to("pandas-csv-gzip"), index=False, compression="gzip")
            polars.write_csv(to("polars-csv"))
            duckdb.sql(f"copy source to '{to('duckdb-csv')}' (format csv, header)")
        elif tag == "" and kind == "names":
            # pandas prints a list as Python does.
            listed = frame.assign(labels=frame["labels"].map(list), predictions=frame["predictions"].map(list))
            listed.to_csv(to("pandas-csv"), index=False)
        lines = [json.dumps({key: plain(value) for key, value in row.items()}) for row in source.to_pylist()]
        with open(to("python-jsonl"), "w") as file:
            file.write("\n".join(lines) + "\n")
        with gzip.open(to("python-jsonl-gzip"), "wt") as file:
            file.write("\n".join(lines))
        polars.write_ndjson(to("polars-jsonl"))
        duckdb.sql(f"copy source to '{to('duckdb-jsonl')}' (format json)")
        for codec in ["snappy", "gzip", "zstd"]:
            frame.to_parquet(to(f"pandas-parquet-{codec}"), index=False, compression=codec)
            polars.write_parquet(to(f"polars-parquet-{codec}"), compression=codec, row_group_size=rows // 2 + 1)
            duckdb.sql(f"copy source to '{to(f'duckdb-parquet-{codec}')}' (format parquet, codec {codec})")
        pq.write_table(source, to("pyarrow-small"), row_group_size=rows // 3 + 1, data_page_size=512, data_page_version="2.0", use_dictionary=False)
    (folder / kind / "expected.json").write_text(json.dumps(expected))


def columns(**given):
    return pa.table({"id": pa.array(ids), **given})


# Two classes with a score.
label = (rng.random(rows) < 0.4).astype(np.int64)
score = 1 / (1 + np.exp(-rng.normal(0, 1.5, rows) - label))
said = (score >= 0.5).astype(np.int64)
binary = {"roc_auc": metrics.roc_auc_score(label, score), "f1": metrics.f1_score(label, said), "log_loss": metrics.log_loss(label, score)}
write("binary", columns(label=label, score=score, prediction=said), binary)
write("flags", columns(label=label == 1, prediction=said == 1, score=score), binary)
# Three classes with their probabilities in columns, and in one column of lists.
many = rng.integers(0, 3, rows)
shares = rng.dirichlet([1.0, 1.0, 1.0], rows)
best = shares.argmax(axis=1)
several = {"accuracy": metrics.accuracy_score(many, best), "log_loss": metrics.log_loss(many, shares)}
head = {"label": many, "prediction": best}
write(
    "several",
    columns(**head, **{f"score:{k}": shares[:, k] for k in range(3)}),
    several,
    lists=columns(**head, y_score=pa.array(list(shares))),
)
# Classes with names, as dictionaries.
words = np.array(["Österreich", 'a "quoted", one', "plain"])
named = {"accuracy": several["accuracy"], "f1_macro": metrics.f1_score(many, best, average="macro")}
write("categories", columns(label=pa.array(words[many]).dictionary_encode(), prediction=pa.array(words[best]).dictionary_encode()), named)
# Numbers, with weights and dates to slice by.
actual = rng.normal(0, 100, rows)
guess = actual + rng.normal(0, 10, rows)
weight = np.exp(rng.normal(0, 1, rows))
days = pa.array([date(2025, 2, 27) + timedelta(days=int(day)) for day in rng.integers(0, 4, rows)])
write(
    "regression",
    columns(label=actual, prediction=guess, weight=weight, day=days),
    {"mae": metrics.mean_absolute_error(actual, guess, sample_weight=weight), "r2": metrics.r2_score(actual, guess, sample_weight=weight)},
)
# Missing values where they may be: slices and row values.
missing = rng.random((3, rows)) < 0.1
write(
    "missing",
    columns(
        label=label,
        prediction=said,
        country=pa.array(np.array(["BR", "日本"])[label], mask=missing[0]),
        tier=pa.array(many, mask=missing[1]),
        **{"value:latency": pa.array(weight, mask=missing[2])},
    ),
    {"f1": binary["f1"]},
)
# Any number of classes: a column for each, and lists of 0 and 1.
has = (rng.random((rows, 3)) < 0.4).astype(np.int64)
scored = 1 / (1 + np.exp(-rng.normal(0, 1.5, (rows, 3)) - has))
found = (scored >= 0.5).astype(np.int64)
multilabel = {
    "f1_micro": metrics.f1_score(has, found, average="micro"),
    "hamming_loss": metrics.hamming_loss(has, found),
    "roc_auc_macro": metrics.roc_auc_score(has, scored),
}
by_class = {f"{role}:{k}": values[:, k] for role, values in [("label", has), ("prediction", found), ("score", scored)] for k in range(3)}
in_lists = {"label": pa.array(list(has)), "prediction": pa.array(list(found == 1)), "score": pa.array(list(scored))}
write("multilabel", columns(**by_class), multilabel, lists=columns(**in_lists))
# The same as lists of names.
tags = ["cat", "dog", "bird"]
names_of = lambda flags: pa.array([[tags[k] for k in range(3) if row[k] == 1] for row in flags], pa.list_(pa.string()))
write("names", columns(labels=names_of(has), predictions=names_of(found)), {key: multilabel[key] for key in ["f1_micro", "hamming_loss"]})
