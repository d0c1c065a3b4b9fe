"""Answers calls of statistical functions (JSON on stdin) with the numbers of scipy, statsmodels and numpy (JSON on stdout).

A value that is not finite is written as text ("nan", "inf").
"""
import json
import math
import sys

from statistical_functions import STATISTICS


def text(x):
    x = float(x)
    return x if math.isfinite(x) else str(x)


def numbers(x):
    return [text(v) for v in x] if hasattr(x, "__len__") else text(x)


asked = json.load(sys.stdin)
json.dump({"calls": [numbers(STATISTICS[call["name"]](*call["args"])) for call in asked["calls"]]}, sys.stdout)
