"""What the bench is held against: data with fixed seeds, and the same work by pandas and scikit-learn."""

import atexit
import sys
import time


def predictions(folder, rows):
    import numpy as np

    rng = np.random.default_rng(7)
    label = (rng.random(rows) < 0.3).astype(int)
    for name, shift in (("baseline", 1.0), ("candidate", 1.1)):
        score = 1 / (1 + np.exp(-rng.normal(0, 1, rows) - shift * (2 * label - 1)))
        with open(f"{folder}/{name}.csv", "w") as file:
            file.write("id,label,score,prediction\n")
            file.writelines(f"r{i:08d},{y},{p:.6f},{int(p >= 0.5)}\n" for i, (y, p) in enumerate(zip(label, score)))


def wide(path, rows):
    """Ten columns, of which eight hold doubles with all their digits; beside it those doubles as Python reads them."""
    import numpy as np

    rng = np.random.default_rng(11)
    label = (rng.random(rows) < 0.3).astype(int).tolist()
    values = rng.random((rows, 8)) * 10.0 ** rng.integers(-3, 4, 8)
    with open(path, "w") as file:
        file.write("id,label," + ",".join(f"v{k}" for k in range(8)) + "\n")
        for i, row in enumerate(values.tolist()):
            file.write(f"r{i:08d},{label[i]}," + ",".join(map(repr, row)) + "\n")
    with open(path) as file:
        next(file)
        read = np.array([[float(cell) for cell in line.split(",")[2:]] for line in file])
    read.T.astype("<f8").tofile(path + ".doubles")


def values(*paths):
    import pandas
    from sklearn import metrics

    for path in paths:
        table = pandas.read_csv(path)
        label, score, called = table["label"], table["score"], table["prediction"]
        print(
            metrics.accuracy_score(label, called),
            metrics.f1_score(label, called),
            metrics.roc_auc_score(label, score),
            metrics.average_precision_score(label, score),
            metrics.log_loss(label, score),
            metrics.brier_score_loss(label, score),
        )


def read(path, runs):
    """The seconds of pandas' default parser and its processor time: the best of so many runs."""
    import pandas

    taken, used = [], []
    for _ in range(int(runs)):
        began, before = time.perf_counter(), time.process_time()
        pandas.read_csv(path)
        taken.append(time.perf_counter() - began)
        used.append(time.process_time() - before)
    print(min(taken), min(used))


def metrics(*paths):
    """The losses between two lists of metrics by name, as a plain script counts them, and the processor time of the whole program."""
    import json

    before, after = ({m["name"]: m["value"] for m in json.load(open(path))} for path in paths)
    print(sum(1 for name, value in after.items() if name in before and value - before[name] < 0), time.process_time())


if __name__ == "__main__":
    atexit.register(lambda: print(f"\ncpu {round(time.process_time() * 1e6)}", file=sys.stderr))
    task, *given = sys.argv[1:]
    if task == "predictions":
        predictions(given[0], int(given[1]))
    elif task == "wide":
        wide(given[0], int(given[1]))
    else:
        {"values": values, "read": read, "metrics": metrics}[task](*given)
