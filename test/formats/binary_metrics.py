"""Writes event files and databases by the tools themselves, and prints what they hold as JSON. Argument: a folder."""
import json
import logging
import os
import sqlite3
import sys
import warnings
from pathlib import Path

folder = Path(sys.argv[1])
warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
said = {}


def tensorboard():
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.compat.proto.tensor_pb2 import TensorProto
    from tensorboard.plugins.scalar.summary_v2 import scalar_pb
    from tensorboard.summary.writer.event_file_writer import EventFileWriter
    from tensorboardX import SummaryWriter

    with SummaryWriter(str(folder / "x")) as writer:
        for step in range(700):
            writer.add_scalar("loss/eval", 1 / (step + 1), step)
        writer.add_scalar("acc", 0.1, 3)
        writer.add_text("words", "a")
        writer.add_histogram("weights", list(range(100)))
    for part, steps in enumerate([range(10), range(5, 8)]):
        with SummaryWriter(str(folder / "again"), filename_suffix=f".{part}") as writer:
            for step in steps:
                writer.add_scalar("acc", part + step / 16, step, walltime=1_700_000_000 + part)
    writer = EventFileWriter(str(folder / "v2"))
    for step in range(5):
        writer.add_event(Event(step=step, wall_time=1.0, summary=scalar_pb("epoch_accuracy", 0.5 + step / 100)))
    negative = Event(step=-1, wall_time=1.0)
    negative.summary.value.add(tag="early", simple_value=2.5)
    writer.add_event(negative)
    writer.close()
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    for name in ["x", "v2"]:
        found = EventAccumulator(str(folder / name), size_guidance={"scalars": 0, "tensors": 0}).Reload()
        last = {tag: max(found.Scalars(tag), key=lambda event: event.step).value for tag in found.Tags()["scalars"]}
        for tag in found.Tags()["tensors"]:
            if found.SummaryMetadata(tag).plugin_data.plugin_name == "scalars":
                from tensorboard.util.tensor_util import make_ndarray

                last[tag] = float(make_ndarray(max(found.Tensors(tag), key=lambda event: event.step).tensor_proto))
        said[f"tensorboard {name}"] = last


def mlflow_runs():
    os.environ["GIT_PYTHON_REFRESH"] = "quiet"
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{folder / 'mlflow.db'}")
    for experiment, runs in {"fraud": ["first", "second"], "other/one": ["third"]}.items():
        mlflow.set_experiment(experiment)
        for name in runs:
            with mlflow.start_run(run_name=name) as run:
                for step in range(40):
                    mlflow.log_metric("val/accuracy", len(name) / 10 + step / 1000, step=step)
                mlflow.log_metric("val/accuracy", 0.125, step=3)
                mlflow.log_metric("bad", float("nan"))
                mlflow.log_metric("far", float("-inf"))
            said[f"mlflow {name}"] = mlflow.get_run(run.info.run_id).data.metrics
            said[f"mlflow {name} id"] = run.info.run_id
    with mlflow.start_run(run_name="gone") as run:
        mlflow.log_metric("val/accuracy", 1)
    mlflow.delete_run(run.info.run_id)
    mlflow.start_run(run_name="open")
    mlflow.log_metric("val/accuracy", 1)
    mlflow.end_run("FAILED")


def sqlite():
    for name, setup in {
        "small": ["pragma page_size=512"],
        "large": ["pragma page_size=65536"],
        "utf16le": ["pragma encoding='UTF-16le'"],
        "utf16be": ["pragma encoding='UTF-16be'", "pragma auto_vacuum=full"],
        "wal": ["pragma journal_mode=wal"],
    }.items():
        db = sqlite3.connect(folder / f"{name}.db")
        for line in setup:
            db.execute(line)
        db.execute("create table \"a \"\"b\" (id INTEGER, t TEXT /* , */, f FLOAT, i BIGINT, b BLOB, 'n' DECIMAL(10, 2), CONSTRAINT k PRIMARY KEY (id), CHECK (f < 1e300))")
        texts = ["", "é日本" * 3, "x" * 40, "overflow" * 900, "y" * 70_000]
        numbers = [0, 1, -1, 127, -128, 32767, 2**23 - 1, -(2**31), 2**47 - 1, 2**53 + 1, -(2**63), None]
        db.executemany(
            'insert into "a ""b" values (?, ?, ?, ?, ?, ?)',
            [
                (k * 3 + 1, texts[k % 97 % 5] if k % 10 == 0 else f"t{k}", [0.5, 1.0, None, -2.0e-300][k % 4], numbers[k % 12], b"\x00\xff" * (k % 5), k)
                for k in range(3000)
            ],
        )
        db.execute('delete from "a ""b" where id % 7 = 0')
        db.execute("alter table \"a \"\"b\" add column late BIGINT DEFAULT '7' NOT NULL")
        db.execute("insert into \"a \"\"b\" (id, late) values (1000000, -5)")
        db.commit()
        rows = db.execute('select id, t, f, i, hex(b), n, late from "a ""b" order by id').fetchall()
        said[f"sqlite {name}"] = [[str(cell) if isinstance(cell, int) and abs(cell) > 2**53 else cell for cell in row] for row in rows]
        db.close()
    db = sqlite3.connect(folder / "open.db")
    db.execute("pragma journal_mode=wal")
    db.execute("create table latest_metrics (key)")
    db.commit()
    # The connection stays open, so the changes stay in the log.
    Path(folder / "copy.db").write_bytes(Path(folder / "open.db").read_bytes() or b"")
    Path(folder / "copy.db-wal").write_bytes(Path(folder / "open.db-wal").read_bytes())


tensorboard()
mlflow_runs()
sqlite()
# JSON has no NaN.
print(json.dumps(said).replace("NaN", "null"))
