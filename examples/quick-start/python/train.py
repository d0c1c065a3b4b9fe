"""Trains a scikit-learn logistic regression on the same strikes, with the same parameters, as train.mjs.

The weights are written as JSON in the layout of train.mjs, so smoke.mjs and serve.mjs take either model.
"""

import json
import math

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from strikes import HERE, read_table, to_json, tokens_of, write_text

params = json.loads((HERE / "params.json").read_text(encoding="utf-8"))
rows = read_table("train.csv")
tokens = [tokens_of(row, params["features"]) for row in rows]
target = [int(row["damage"] == "damage") for row in rows]

vectorizer = DictVectorizer()
matrix = vectorizer.fit_transform([dict.fromkeys(row, 1.0) for row in tokens])
classifier = LogisticRegression(C=1 / (params["l2"] * len(rows)), tol=1e-8, max_iter=5000).fit(matrix, target)

# The threshold is taken from scores computed as evaluate.py computes them: the `inspect` share that scores highest.
weights = {name: round(float(weight), 6) for name, weight in sorted(zip(vectorizer.feature_names_, classifier.coef_[0]))}
intercept = round(float(classifier.intercept_[0]), 6)
scores = sorted((round(1 / (1 + math.exp(-sum((weights[t] for t in row), intercept))), 6) for row in tokens), reverse=True)
threshold = scores[max(0, math.ceil(len(scores) * params["inspect"]) - 1)]

model = {
    "kind": "logistic-regression",
    "features": params["features"],
    "rows": len(rows),
    "intercept": intercept,
    "threshold": threshold,
    "weights": weights,
}
write_text(HERE / "model" / "model.json", to_json(model, 1))
print(f"wrote model/model.json: {len(params['features'])} features, {len(weights)} weights")
