"""Scores the held-out strikes with the model in model/; writes the same files as evaluate.mjs."""

import json
import math

from strikes import HERE, read_table, to_json, tokens_of, write_text

SLICES = ["operator_class", "phase"]

path = HERE / "model" / "model.json"
model = json.loads(path.read_text(encoding="utf-8"))
rows = read_table("eval.csv")

lines = [",".join(["id", "label", "score", "prediction", *SLICES])]
flagged = 0
for row in rows:
    total = sum((model["weights"].get(token, 0) for token in tokens_of(row, model["features"])), model["intercept"])
    score = round(1 / (1 + math.exp(-total)), 6)
    prediction = "damage" if score >= model["threshold"] else "none"
    flagged += prediction == "damage"
    lines.append(",".join([row["id"], row["damage"], f"{score:.6f}", prediction, *(row[name] for name in SLICES)]))

metrics = {
    "features": len(model["features"]),
    "training_rows": model["rows"],
    "model_size_kb": round(path.stat().st_size / 1000, 6),
    "inspected_share": round(flagged / len(rows), 6),
}
write_text(HERE / "out" / "metrics.json", to_json(metrics, 2))
write_text(HERE / "out" / "predictions.csv", "\n".join(lines) + "\n")
print(f"wrote out/predictions.csv: {len(rows)} strikes, {flagged} to inspect")
