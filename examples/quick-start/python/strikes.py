"""What train.py and evaluate.py share: the tables, the tokens of a row and the folder of the model."""

import csv
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SPEED_LIMITS = [100, 120, 130, 140, 150, 180, 220]


def read_table(name):
    """One dictionary per row of data/NAME."""
    with open(HERE / "data" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def speed_band(text):
    """Indicated air speed in knots as one of nine bands; an empty cell is a band of its own."""
    if text == "":
        return "unknown"
    for limit in SPEED_LIMITS:
        if float(text) < limit:
            return f"<{limit}"
    return f"{SPEED_LIMITS[-1]}+"


def tokens_of(row, features):
    """One token per feature, such as `phase=Climb`."""
    return [f"{name}={speed_band(row[name]) if name == 'speed' else row[name]}" for name in features]


def write_text(path, text):
    """Writes with plain line ends on every system, so that the bytes are the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def to_json(value, indent):
    return json.dumps(value, indent=indent, ensure_ascii=False) + "\n"
