"""Answers for tables of columns (JSON on stdin) the metrics asked for (JSON on stdout): by scikit-learn where it has them, else by definition.

Weights default to 1. A metric that has no value is null; a value that is not finite is text.
"""
import json
import math
import re
import string
import sys
import warnings
from collections import Counter
from fractions import Fraction

import numpy as np
from sklearn import metrics as sk


class NoValue(Exception):
    pass


def mean(values, w):
    total = sum(Fraction(x) for x in w)
    if total == 0:
        raise NoValue
    return float(sum(Fraction(float(v)) * Fraction(float(x)) for v, x in zip(values, w)) / total)


def quantile(values, w, percent):
    """The smallest value that holds the share, or the middle to the next where it holds it exactly; in exact fractions."""
    pairs = [(v, Fraction(float(x))) for v, x in sorted(zip(values, w)) if x > 0]
    target = Fraction(percent) / 100 * sum(x for _, x in pairs)
    seen = Fraction(0)
    for i, (v, x) in enumerate(pairs):
        seen += x
        if seen == target and i + 1 < len(pairs):
            return (v + pairs[i + 1][0]) / 2
        if seen >= target:
            return v
    raise NoValue


def regression(t, w, name):
    y, f = np.array(t["label"], dtype=float), np.array(t["prediction"], dtype=float)
    given = {"sample_weight": w} if "weight" in t else {}
    e = np.abs(y - f)
    of = {
        "mae": sk.mean_absolute_error,
        "mse": sk.mean_squared_error,
        "rmse": sk.root_mean_squared_error,
        "mape": sk.mean_absolute_percentage_error,
        "median_ae": sk.median_absolute_error,
        "poisson_deviance": sk.mean_poisson_deviance,
        "gamma_deviance": sk.mean_gamma_deviance,
        "r2": sk.r2_score,
        "explained_variance": sk.explained_variance_score,
    }
    if name in ("r2", "explained_variance") and (len(y) < 2 or len(set(y[w > 0])) < 2):
        raise NoValue
    if name == "median_ae" and np.any(w % 1):
        # scikit-learn adds the weights up in doubles, so it misses a middle that real weights hold exactly.
        return quantile(e, w, 50)
    if name in of:
        return of[name](y, f, **given)
    if name == "max_error":
        return sk.max_error(y[w > 0], f[w > 0])
    if name == "bias":
        return mean(f - y, w)
    if name == "smape":
        return mean([0 if a == b else 2 * abs(a - b) / (abs(a) + abs(b)) for a, b in zip(y, f)], w)
    if name == "wape":
        below = sum(Fraction(abs(a)) * Fraction(float(x)) for a, x in zip(y, w))
        if below == 0:
            raise NoValue
        return float(sum(Fraction(a) * Fraction(float(x)) for a, x in zip(e, w)) / below)
    if name.startswith("pinball@alpha="):
        return sk.mean_pinball_loss(y, f, alpha=float(name.split("=")[1]), **given)
    return quantile(e, w, re.fullmatch(r"p([\d.]+)_ae", name)[1])


def ranking(t, w, name):
    metric, _, k = name.partition("@")
    k = int(k) if k else None
    by = {}
    for q, y, s, x in zip(t["query"], t["label"], t["score"], w):
        by.setdefault(q, []).append((y, s, x))
    if any(len({x for _, _, x in rows}) > 1 for rows in by.values()):
        raise NoValue
    if any(y < 0 for y in t["label"]):
        raise NoValue
    values = [query(metric, k, [r[0] for r in rows], [r[1] for r in rows]) for rows in by.values()]
    return mean(values, [rows[0][2] for rows in by.values()])


def query(metric, k, y, s):
    if metric in ("ndcg", "ndcg_exp"):
        gains = [float(v) if metric == "ndcg" else 2.0**v - 1 for v in y]
        if len(y) == 1:
            return float(gains[0] > 0)
        return sk.ndcg_score([gains], [s], k=k)
    ranked = [y[i] > 0 for i in sorted(range(len(y)), key=lambda i: -s[i])]
    first = ranked[:k]
    if metric == "hit":
        return float(any(first))
    if metric == "precision":
        return sum(first) / k
    if not any(ranked):
        return 0.0
    if metric == "recall":
        return sum(first) / sum(ranked)
    if metric == "mrr":
        return 1 / (first.index(True) + 1) if any(first) else 0.0
    if k is None and len(set(s)) == len(s):
        return sk.average_precision_score([int(v > 0) for v in y], s)
    return sum(sum(first[: i + 1]) / (i + 1) for i, hit in enumerate(first) if hit) / sum(ranked)


def forecasting(t, w, name):
    if name == "coverage":
        if any(lo > hi for lo, hi in zip(t["lower"], t["upper"])):
            raise NoValue
        return mean([float(lo <= y <= hi) for y, lo, hi in zip(t["label"], t["lower"], t["upper"])], w)
    if name == "interval_width":
        if any(lo > hi for lo, hi in zip(t["lower"], t["upper"])):
            raise NoValue
        return mean(np.array(t["upper"]) - np.array(t["lower"]), w)
    if name != "mase":
        return regression(t, w, name)
    if min(t["scale"]) <= 0:
        raise NoValue
    scaled = [abs(y - f) / s for y, f, s in zip(t["label"], t["prediction"], t["scale"])]
    if "series" not in t:
        return mean(scaled, w)
    by = {}
    for series, value, scale, x in zip(t["series"], scaled, t["scale"], w):
        by.setdefault(series, []).append((value, scale, x))
    if any(len({s for _, s, _ in rows}) > 1 for rows in by.values()):
        raise NoValue
    counted = [rows for rows in by.values() if sum(x for _, _, x in rows) > 0]
    means = [mean([v for v, _, _ in rows], [x for _, _, x in rows]) for rows in counted]
    return math.fsum(means) / len(means)


def text(t, w, name):
    if name.startswith("pass@"):
        k = int(name[5:])
        rows = list(zip(t["value:samples"], t["value:correct"]))
        if any(n < k or c > n or c < 0 or n % 1 or c % 1 for n, c in rows):
            raise NoValue
        return mean([1 - Fraction(math.comb(int(n - c), k), math.comb(int(n), k)) for n, c in rows], w)
    return mean(t["value:" + {"win_rate": "win"}.get(name, name)], w)


def over_values(t, w, name):
    of, inside = re.fullmatch(r"(\w[\w.]*)\((.*)\)", name).groups()
    if of == "rate":
        column, sign, bound = re.fullmatch(r"(.+?)(>=|<=|>|<)(.+)", inside).groups()
        x, bound = np.array(t["value:" + column]), float(bound)
        return mean({">=": x >= bound, "<=": x <= bound, ">": x > bound, "<": x < bound}[sign].astype(float), w)
    x = t["value:" + inside]
    if of == "mean":
        return mean(x, w)
    percent = "50" if of == "median" else of[1:]
    if "weight" not in t and percent in ("50", "25", "75"):
        return np.quantile(x, float(percent) / 100, method="averaged_inverted_cdf")
    return quantile(x, w, percent)


TASKS = {"regression": regression, "ranking": ranking, "forecasting": forecasting, "text": text}


def answer(t, name):
    columns = t["columns"]
    w = np.array(columns.get("weight", np.ones(len(next(iter(columns.values()))))), dtype=float)
    try:
        if any(isinstance(v, float) and math.isnan(v) for v in w):
            raise NoValue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = float((over_values if "(" in name else TASKS[t["task"]])(columns, w, name))
    except (NoValue, ValueError, ZeroDivisionError):
        return None
    return found if math.isfinite(found) else None if math.isnan(found) else str(found)


def squad_words(s):
    s = "".join(c for c in s.lower() if c not in set(string.punctuation))
    return re.sub(r"\b(a|an|the)\b", " ", s).split()


def squad(prediction, references):
    said = squad_words(prediction)
    exact, f1 = 0.0, 0.0
    for reference in references or [""]:
        wanted = squad_words(reference)
        exact = max(exact, float(said == wanted))
        same = sum((Counter(said) & Counter(wanted)).values())
        if not said or not wanted:
            f1 = max(f1, float(said == wanted))
        elif same:
            p, r = same / len(said), same / len(wanted)
            f1 = max(f1, 2 * p * r / (p + r))
    return [exact, f1]


asked = json.load(sys.stdin)
json.dump({
    "tables": [{name: answer(t, name) for name in t["metrics"]} for t in asked.get("tables", [])],
    "answers": [squad(a["prediction"], a["references"]) for a in asked.get("answers", [])],
}, sys.stdout)
