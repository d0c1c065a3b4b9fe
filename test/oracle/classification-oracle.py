"""Answers classification tables (JSON on stdin) with the numbers of scikit-learn (JSON on stdout).

Each table is answered with a number for each metric, or null where scikit-learn raises or warns that the metric is undefined.
What scikit-learn does not have (calibration errors, rates of a confusion table) is computed by its definition with numpy.
"""
import json
import math
import sys
import warnings

import numpy as np
from sklearn import metrics as sk
from sklearn.exceptions import UndefinedMetricWarning

THRESHOLDS = (0, 0.25, 0.5, 1)
BINS = {"": 15, "@bins=1": 1, "@bins=10": 10}


def ordered(names):
    names = set(names)
    try:
        return sorted(names, key=lambda name: (float(name), name))
    except ValueError:
        return sorted(names)


def binary_predictions(y, p, w, name=""):
    """Metrics of two boolean arrays; their names get a suffix."""
    other = {"sample_weight": w}
    cells = np.zeros((2, 2))
    np.add.at(cells, (y.astype(int), p.astype(int)), w)

    def share(above, below):
        if below == 0:
            raise ValueError("empty")
        return above / below

    return {
        f"accuracy{name}": lambda: sk.accuracy_score(y, p, **other),
        f"precision{name}": lambda: sk.precision_score(y, p, **other),
        f"recall{name}": lambda: sk.recall_score(y, p, **other),
        f"f1{name}": lambda: sk.f1_score(y, p, **other),
        f"f2{name}": lambda: sk.fbeta_score(y, p, beta=2, **other),
        f"f0.5{name}": lambda: sk.fbeta_score(y, p, beta=0.5, **other),
        f"jaccard{name}": lambda: sk.jaccard_score(y, p, **other),
        f"specificity{name}": lambda: share(cells[0, 0], cells[0].sum()),
        f"fpr{name}": lambda: share(cells[0, 1], cells[0].sum()),
        f"fnr{name}": lambda: share(cells[1, 0], cells[1].sum()),
        f"npv{name}": lambda: share(cells[0, 0], cells[:, 0].sum()),
        f"selection_rate{name}": lambda: share(cells[:, 1].sum(), cells.sum()),
    }


def calibration(confidence, so, w):
    def error(kind, bins):
        at = np.digitize(confidence, np.arange(1, bins) / bins)
        total = np.bincount(at, w, bins)
        gap = np.abs(np.bincount(at, w * (so - confidence), bins))
        if kind == "ece":
            return gap.sum() / total.sum()
        return (gap[total > 0] / total[total > 0]).max()

    return {f"{kind}{name}": lambda k=kind, b=bins: error(k, b) for kind in ("ece", "mce") for name, bins in BINS.items()}


def scored(y, s, w):
    def at_fpr(limit):
        fpr, tpr, _ = sk.roc_curve(y, s, sample_weight=w, drop_intermediate=False)
        if np.isnan(tpr).any() or np.isnan(fpr).any():
            raise ValueError("one class")
        return max(tpr[fpr <= limit])

    def curve():
        if w[y].sum() == 0:
            raise ValueError("no positives")
        precision, recall, _ = sk.precision_recall_curve(y, s, sample_weight=w)
        return precision[:-1], recall[:-1]

    def precision_at(limit):
        precision, recall = curve()
        return max(precision[recall >= limit])

    def recall_at(limit):
        precision, recall = curve()
        return max(recall[precision >= limit])

    given = {
        "roc_auc": lambda: sk.roc_auc_score(y, s, sample_weight=w),
        "average_precision": lambda: sk.average_precision_score(y, s, sample_weight=w),
        "log_loss": lambda: sk.log_loss(y, s, sample_weight=w, labels=[False, True]),
        "brier": lambda: np.average((y - s) ** 2, weights=w) if len(set(y)) == 1 else sk.brier_score_loss(y, s, sample_weight=w),
        **calibration(s, y, w),
    }
    for limit in (0, 0.05, 0.2):
        given[f"recall@fpr={limit}"] = lambda x=limit: at_fpr(x)
        given[f"precision@recall={limit}"] = lambda x=limit: precision_at(x)
        given[f"recall@precision={limit + 0.5}"] = lambda x=limit + 0.5: recall_at(x)
    for threshold in THRESHOLDS:
        given.update(binary_predictions(y, s >= threshold, w, f"@threshold={threshold}"))
    return given


PARTS = {
    "precision": lambda y, p, **o: sk.precision_score(y, p, **o),
    "recall": lambda y, p, **o: sk.recall_score(y, p, **o),
    "f1": lambda y, p, **o: sk.f1_score(y, p, **o),
    "f0.5": lambda y, p, **o: sk.fbeta_score(y, p, beta=0.5, **o),
    "f2": lambda y, p, **o: sk.fbeta_score(y, p, beta=2, **o),
    "jaccard": lambda y, p, **o: sk.jaccard_score(y, p, **o),
}


def several(y, p, w, classes):
    """Metrics of single labels over the listed classes."""
    labels = ordered([*y, *p, *classes])
    given = {}
    for name, of in PARTS.items():
        for average in ("macro", "weighted"):
            given[f"{name}_{average}"] = lambda of=of, a=average: of(y, p, labels=labels, average=a, sample_weight=w, zero_division=0)
        # Over all classes; with a list scikit-learn takes some for left out.
        given[f"{name}_micro"] = lambda of=of: of(y, p, average="micro", sample_weight=w)

    def mcc():
        if len(set(y[w > 0])) < 2 or len(set(p[w > 0])) < 2:
            raise ValueError("a constant side")
        return sk.matthews_corrcoef(y, p, sample_weight=w)

    def kappa(weights):
        return sk.cohen_kappa_score(y, p, labels=labels, weights=weights, sample_weight=w)

    given.update(
        accuracy=lambda: sk.accuracy_score(y, p, sample_weight=w),
        error_rate=lambda: sk.zero_one_loss(y, p, sample_weight=w),
        hamming_loss=lambda: sk.hamming_loss(y, p, sample_weight=w),
        balanced_accuracy=lambda: sk.recall_score(y, p, average="macro", labels=sorted(set(y[w > 0])), sample_weight=w, zero_division=0),
        mcc=mcc,
        cohen_kappa=lambda: kappa(None),
        cohen_kappa_linear=lambda: kappa("linear"),
        cohen_kappa_quadratic=lambda: kappa("quadratic"),
    )
    return given


def weighted_area(area, truth, s, w):
    """The weighted mean over the classes that occur."""
    occurs = truth.T @ w > 0
    if not occurs.any():
        raise ValueError("no positives")
    if occurs.sum() == 1:
        return area(truth[:, occurs][:, 0], s[:, occurs][:, 0], sample_weight=w)
    return area(truth[:, occurs], s[:, occurs], average="weighted", sample_weight=w)


def class_scored(y, scores, w, positive):
    names = ordered(scores)
    s = np.array([scores[name] for name in names]).T
    truth = np.array([[int(label == name) for name in names] for label in y])
    given = {
        "brier_multiclass": lambda: sk.brier_score_loss(y, s, sample_weight=w, labels=names, scale_by_half=False)
        if names == sorted(names) else np.average(((truth - s) ** 2).sum(axis=1), weights=w),
        "roc_auc_ovr": lambda: sk.roc_auc_score(truth, s, average="macro", sample_weight=w),
        "average_precision_macro": lambda: sk.average_precision_score(truth, s, average="macro", sample_weight=w),
        "roc_auc_ovr_weighted": lambda: weighted_area(sk.roc_auc_score, truth, s, w),
        "average_precision_weighted": lambda: weighted_area(sk.average_precision_score, truth, s, w),
    }
    code = truth.argmax(axis=1)
    if positive is None:
        given["log_loss"] = lambda: sk.log_loss(code, s, sample_weight=w, labels=range(len(names)))
        given.update(calibration(s.max(axis=1), s.argmax(axis=1) == code, w))
    if len(names) > 2:
        for k in range(1, len(names) + 1):
            given[f"top{k}_accuracy"] = lambda k=k: sk.top_k_accuracy_score(code, s, k=k, sample_weight=w, labels=range(len(names)))
        whole = w.astype(int)
        if (whole == w).all():
            # scikit-learn takes no weights here: a row of weight 2 is two rows.
            rows = np.repeat(np.arange(len(w)), whole)

            def ovo(average):
                if len(set(code[rows])) < 2:
                    raise ValueError("one class")
                return sk.roc_auc_score(code[rows], s[rows], multi_class="ovo", average=average, labels=range(len(names)))

            given["roc_auc_ovo"] = lambda: ovo("macro")
            given["roc_auc_ovo_weighted"] = lambda: ovo("weighted")
    return given


def multilabel(t, w):
    names = ordered(t["labels"])
    y = np.array([t["labels"][name] for name in names]).T
    p = np.array([t["predictions"][name] for name in names]).T
    s = np.array([t["scores"][name] for name in names]).T

    def weighted(of):
        if (y.T @ w).sum() == 0:
            raise ValueError("no positives")
        return of(y, p, average="weighted", sample_weight=w, zero_division=0)

    given = {
        "accuracy": lambda: sk.accuracy_score(y, p, sample_weight=w),
        "error_rate": lambda: sk.zero_one_loss(y, p, sample_weight=w),
        "hamming_loss": lambda: sk.hamming_loss(y, p, sample_weight=w),
        "roc_auc_macro": lambda: sk.roc_auc_score(y, s, average="macro", sample_weight=w),
        "roc_auc_micro": lambda: sk.roc_auc_score(y, s, average="micro", sample_weight=w),
        "roc_auc_weighted": lambda: weighted_area(sk.roc_auc_score, y, s, w),
        "average_precision_macro": lambda: sk.average_precision_score(y, s, average="macro", sample_weight=w),
        "average_precision_micro": lambda: sk.average_precision_score(y, s, average="micro", sample_weight=w),
        "average_precision_weighted": lambda: weighted_area(sk.average_precision_score, y, s, w),
    }
    for name, of in PARTS.items():
        for average in ("macro", "samples"):
            given[f"{name}_{average}"] = lambda of=of, a=average: of(y, p, average=a, sample_weight=w, zero_division=0)
        given[f"{name}_micro"] = lambda of=of: of(y, p, average="micro", sample_weight=w)
        given[f"{name}_weighted"] = lambda of=of: weighted(of)
    return given


def questions(t):
    w = np.array(t.get("weight", np.ones(t["count"])), dtype=float)
    if "labels" in t:
        return multilabel(t, w)
    y = np.array(t["label"])
    positive = t.get("positive")
    given = {}
    if "prediction" in t:
        p = np.array(t["prediction"])
        given.update(several(y, p, w, t.get("classes", [])))
        if positive is not None:
            given.update({n: of for n, of in binary_predictions(y == positive, p == positive, w).items() if n != "accuracy"})
    if "score" in t:
        given.update(scored(y == positive, np.array(t["score"]), w))
    if "scores" in t:
        given.update(class_scored(y, t["scores"], w, positive))
    return given


def value(of):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", UndefinedMetricWarning)
            warnings.filterwarnings("error", message="No positive class found")
            found = float(of())
            return found if math.isfinite(found) else None
    except (ValueError, UserWarning, ZeroDivisionError):
        return None


asked = json.load(sys.stdin)
json.dump([{name: value(of) for name, of in questions(t).items()} for t in asked["tables"]], sys.stdout)
