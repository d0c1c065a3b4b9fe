"""Reads files as other people's libraries read them. Argument: a folder with asked.json, a list of {file, as}. Prints a list of what each says."""
import csv
import io
import json
import math
import re
import sqlite3
import sys
import tomllib
import unicodedata
import warnings
import xml.etree.ElementTree as xml
from pathlib import Path

import duckdb
import numpy
import polars
import pyarrow.parquet
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1])
numeric = re.compile(r"[+-]?(\.?nan|\.?inf(inity)?|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)", re.I)


def finite(value):
    value = float(value)
    return value if math.isfinite(value) else None


def flat(value, name=""):
    if isinstance(value, dict):
        return {k: v for key, one in value.items() for k, v in flat(one, f"{name}.{key}" if name else str(key)).items()}
    if isinstance(value, bool) or not isinstance(value, (int, float, type(None))):
        return {}
    return {unicodedata.normalize("NFC", name): None if value is None else finite(value)}


class Strict(SafeConstructor):
    """In YAML 1.2 a number has no underscores."""

    def plain(self, node):
        read = self.construct_yaml_int if node.tag.endswith("int") else self.construct_yaml_float
        return node.value if "_" in node.value else read(node)


for kind in ("int", "float"):
    Strict.add_constructor(f"tag:yaml.org,2002:{kind}", Strict.plain)


def yaml(text):
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = Strict
    return flat(reader.load(text))


def junit(data):
    found = {}

    def walk(element, case):
        for child in element:
            if child.tag == "properties":
                for one in child:
                    name, value = one.get("name"), one.get("value") if one.get("value") is not None else (one.text or "")
                    if one.tag != "property" or name is None or not numeric.fullmatch(value.strip()):
                        continue
                    found[unicodedata.normalize("NFC", name if case is None else f"{case}.{name}")] = finite(value.strip().replace(".nan", "nan").replace(".inf", "inf"))
            elif case is None:
                walk(child, child.get("name", "") if child.tag == "testcase" else None)

    root = xml.fromstring(data)
    walk(root, root.get("name", "") if root.tag == "testcase" else None)
    return found


def mlflow(path):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = db.execute("select key, value, is_nan from latest_metrics").fetchall()
    return {unicodedata.normalize("NFC", key): None if is_nan else finite(value) for key, value, is_nan in rows}


def rows_of(table):
    return [{key.strip(): word(value) for key, value in row.items() if key.strip() in ("id", "label", "score", "country")} for row in table]


def word(value):
    if isinstance(value, (numpy.generic, numpy.ndarray)):
        value = value.item()
    if isinstance(value, bytes):
        value = value.decode()
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def table(data):
    # A carriage return alone ends no line of ours; it is text of its cell.
    text = re.sub("\r(?!\n|\\Z)", "\u240d", data.decode("utf-8-sig"))
    delimiter = max(",\t;", key=text.split("\n", 1)[0].count)
    return rows_of(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def numpy_rows(data):
    loaded = numpy.load(io.BytesIO(data), allow_pickle=False)
    if isinstance(loaded, numpy.ndarray):
        return rows_of([{name: row[name] for name in loaded.dtype.names} for row in loaded])
    columns = {name: loaded[name] for name in loaded.files if name.strip() in ("id", "label", "score", "country")}
    return rows_of([dict(zip(columns, row)) for row in zip(*columns.values(), strict=True)])


def parquet(path):
    """What Arrow says of its own types beside the table may be broken and the table whole, so others are asked where it refuses."""
    others = [lambda: duckdb.sql(f"select * from read_parquet('{path}')").pl().to_dicts(), lambda: polars.read_parquet(path).to_dicts()]
    refused = None
    for read in [lambda: pyarrow.parquet.read_table(path).to_pylist(), *others]:
        try:
            return rows_of(read())
        except BaseException as problem:  # polars panics
            refused = refused or problem
    raise refused


readers = {
    "yaml": lambda path: yaml(path.read_bytes().decode("utf-8-sig")),
    "toml": lambda path: flat(tomllib.loads(path.read_bytes().decode("utf-8-sig"))),
    "junit": lambda path: junit(path.read_bytes()),
    "mlflow-sqlite": mlflow,
    "csv": lambda path: table(path.read_bytes()),
    "jsonl": lambda path: rows_of(json.loads(line) for line in path.read_bytes().decode("utf-8-sig").split("\n") if line.strip()),
    "numpy": lambda path: numpy_rows(path.read_bytes()),
    "parquet": parquet,
}
said = []
for one in json.loads((folder / "asked.json").read_text()):
    try:
        said.append({"read": readers[one["as"]](folder / one["file"])})
    except Exception as problem:
        said.append({"refused": f"{type(problem).__name__}: {problem}"[:200]})
print(json.dumps(said))
