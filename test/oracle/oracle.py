"""Answers one question file (JSON on stdin) with the numbers of scikit-learn, scipy and statsmodels (JSON on stdout).

A value that is not finite is written as text ("nan", "inf"); a metric that raises, or that scikit-learn warns of as
undefined, is null.
"""
import json
import math
import sys
import warnings

import numpy as np
from sklearn import metrics as sk
from sklearn.exceptions import UndefinedMetricWarning

from statistical_functions import STATISTICS


def binary(t, w):
    y = np.array(t["label"])
    given = {}
    if "prediction" in t:
        p = np.array(t["prediction"])
        pos = t["positive"]
        other = {"pos_label": pos, "average": "binary", "sample_weight": w}

        def share(of, at):
            cells = np.zeros((2, 2))
            np.add.at(cells, ((y == pos).astype(int), (p == pos).astype(int)), w)
            if at(cells).sum() == 0:
                raise ValueError("empty")
            return of(cells) / at(cells).sum()

        given.update(
            precision=lambda: sk.precision_score(y, p, **other),
            recall=lambda: sk.recall_score(y, p, **other),
            f1=lambda: sk.f1_score(y, p, **other),
            jaccard=lambda: sk.jaccard_score(y, p, **other),
            specificity=lambda: share(lambda c: c[0, 0], lambda c: c[0]),
            fpr=lambda: share(lambda c: c[0, 1], lambda c: c[0]),
            fnr=lambda: share(lambda c: c[1, 0], lambda c: c[1]),
            npv=lambda: share(lambda c: c[0, 0], lambda c: c[:, 0]),
            selection_rate=lambda: share(lambda c: c[:, 1].sum(), lambda c: c),
        )
    if "score" in t:
        truth = (y == t["positive"]).astype(int)
        s = np.array(t["score"])

        def at_fpr(limit):
            fpr, tpr, _ = sk.roc_curve(truth, s, sample_weight=w, drop_intermediate=False)
            if np.isnan(tpr).any() or np.isnan(fpr).any():
                raise ValueError("one class")
            return max(tpr[fpr <= limit])

        def curve():
            if truth.sum() == 0:
                raise ValueError("no positives")
            precision, recall, _ = sk.precision_recall_curve(truth, s, sample_weight=w)
            return precision[:-1], recall[:-1]

        def precision_at(limit):
            precision, recall = curve()
            return max(precision[recall >= limit])

        def recall_at(limit):
            precision, recall = curve()
            return max(recall[precision >= limit])

        given.update(
            roc_auc=lambda: sk.roc_auc_score(truth, s, sample_weight=w),
            average_precision=lambda: sk.average_precision_score(truth, s, sample_weight=w),
            log_loss=lambda: sk.log_loss(truth, s, sample_weight=w, labels=[0, 1]),
            brier=lambda: sk.brier_score_loss(truth, s, sample_weight=w, labels=[0, 1]) if len(set(truth)) == 1
            else sk.brier_score_loss(truth, s, sample_weight=w),
        )
        for limit in (0, 0.05, 0.2):
            given[f"recall@fpr={limit}"] = lambda limit=limit: at_fpr(limit)
            given[f"precision@recall={limit}"] = lambda limit=limit: precision_at(limit)
            given[f"recall@precision={limit + 0.5}"] = lambda limit=limit: recall_at(limit + 0.5)
    return given


def several(t, w):
    y = np.array(t["label"])
    given = {}
    if "prediction" in t:
        p = np.array(t["prediction"])
        for average in ("macro", "weighted"):
            other = {"average": average, "sample_weight": w, "zero_division": 0}
            given[f"precision_{average}"] = lambda o=other: sk.precision_score(y, p, **o)
            given[f"recall_{average}"] = lambda o=other: sk.recall_score(y, p, **o)
            given[f"f1_{average}"] = lambda o=other: sk.f1_score(y, p, **o)

        def mcc():
            if len(set(y[w > 0])) < 2 or len(set(p[w > 0])) < 2:
                raise ValueError("a constant side")
            return sk.matthews_corrcoef(y, p, sample_weight=w)

        given.update(
            accuracy=lambda: sk.accuracy_score(y, p, sample_weight=w),
            error_rate=lambda: sk.zero_one_loss(y, p, sample_weight=w),
            balanced_accuracy=lambda: sk.recall_score(y, p, average="macro", labels=sorted(set(y[w > 0])), sample_weight=w, zero_division=0),
            mcc=mcc,
            cohen_kappa=lambda: sk.cohen_kappa_score(y, p, sample_weight=w),
        )
    if "scores" in t:
        names = sorted(t["scores"])
        s = np.array([t["scores"][name] for name in names]).T
        given["log_loss"] = lambda: sk.log_loss(y, s, sample_weight=w, labels=names)
    return given


def regression(t, w):
    y, f = np.array(t["label"]), np.array(t["prediction"])

    def r2():
        if len(y) < 2 or len(set(y[w > 0])) < 2:
            raise ValueError("constant")
        return sk.r2_score(y, f, sample_weight=w)

    return dict(
        mae=lambda: sk.mean_absolute_error(y, f, sample_weight=w),
        mse=lambda: sk.mean_squared_error(y, f, sample_weight=w),
        rmse=lambda: sk.root_mean_squared_error(y, f, sample_weight=w),
        mape=lambda: sk.mean_absolute_percentage_error(y, f, sample_weight=w),
        r2=r2,
    )


def value(of):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", UndefinedMetricWarning)
            warnings.filterwarnings("error", message="No positive class found")
            return text(of())
    except (ValueError, UndefinedMetricWarning, ZeroDivisionError):
        return None
    except UserWarning:
        return None


def text(x):
    x = float(x)
    return x if math.isfinite(x) else str(x)


def table(t):
    w = np.array(t.get("weight", np.ones(len(t["label"]))), dtype=float)
    given = regression(t, w) if t["task"] == "regression" else {**several(t, w), **(binary(t, w) if "positive" in t else {})}
    found = {name: value(of) for name, of in given.items()}
    return {name: (None if v == "nan" else v) for name, v in found.items()}


def numbers(x):
    return [text(v) for v in x] if hasattr(x, "__len__") else text(x)


asked = json.load(sys.stdin)
json.dump({
    "tables": [table(t) for t in asked.get("tables", [])],
    "calls": [numbers(STATISTICS[call["name"]](*call["args"])) for call in asked.get("calls", [])],
}, sys.stdout)
