"""
Writes the metric files of real tools into the folder that is named, one folder for each tool, and what they should read as into expected.json.
Arguments: the folder, then the writers that are wanted (all when none is named); with --worse the models are worse.
"""

import json
import math
import os
import subprocess
import sys
import textwrap
from pathlib import Path

out = Path(sys.argv[1]).resolve()
out.mkdir(parents=True, exist_ok=True)
# DVCLive makes a DVC repository of the git repository that it is started in.
os.chdir(out)
expected = {}
wanted = set(sys.argv[2:]) - {"--worse"}
worse = "--worse" in sys.argv


def data():
    import numpy

    random = numpy.random.default_rng(1)
    x = random.normal(size=(200, 4))
    y = (x[:, 0] + random.normal(size=200) > 0).astype(int)
    if worse:  # what is learnt from is the other way round in half of the rows
        y[:150:2] = 1 - y[:150:2]
    return x[:150], y[:150], x[150:], y[150:]


def folder(name):
    made = out / name
    made.mkdir(parents=True, exist_ok=True)
    return made


def sklearn_report():
    from sklearn.metrics import classification_report

    made = folder("sklearn")
    label, prediction = ["a", "b.c", "accuracy", "a", "b.c", "a"], ["a", "a", "accuracy", "a", "a" if worse else "b.c", "b.c"]
    report = classification_report(label, prediction, output_dict=True)
    (made / "report.json").write_text(json.dumps(report))
    expected["sklearn"] = {"f1": report["a"]["f1-score"], "macro": report["macro avg"]["recall"], "accuracy": report["accuracy"]}
    few = classification_report([0, 1, 2, 1], [0, 1, 1, 1], labels=[0, 1], output_dict=True, zero_division=float("nan"))
    (made / "micro.json").write_text(json.dumps(few))


def sklearn_cross_validation():
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_validate

    x, y, _, _ = data()
    scores = cross_validate(LogisticRegression(), x, y, cv=4, scoring=["accuracy", "neg_log_loss"], return_train_score=True)
    (folder("sklearn-cv") / "cross_validate.json").write_text(json.dumps({key: value.tolist() for key, value in scores.items()}))
    expected["sklearn-cv"] = {key: math.fsum(scores[key]) / 4 for key in ["test_accuracy", "test_neg_log_loss"]}


def xgboost_history():
    import xgboost

    x, y, vx, vy = data()
    kept = {}
    train, valid = xgboost.DMatrix(x, y), xgboost.DMatrix(vx, vy)
    xgboost.train({"objective": "binary:logistic", "eval_metric": ["logloss", "error@0.3", "auc"], "nthread": 1}, train, 8,
                  evals=[(train, "train"), (valid, "valid")], evals_result=kept, verbose_eval=False)
    (folder("xgboost") / "evals_result.json").write_text(json.dumps(kept))
    expected["xgboost"] = {"logloss": kept["valid"]["logloss"][-1], "best": min(kept["valid"]["logloss"])}


def lightgbm_history():
    import lightgbm

    x, y, vx, vy = data()
    kept = {}
    train = lightgbm.Dataset(x, y)
    lightgbm.train({"objective": "binary", "metric": ["binary_logloss", "auc"], "verbose": -1, "num_threads": 1}, train, 8,
                   valid_sets=[train, lightgbm.Dataset(vx, vy, reference=train)], valid_names=["training", "valid_0"],
                   callbacks=[lightgbm.record_evaluation(kept)])
    (folder("lightgbm") / "evals_result.json").write_text(json.dumps(kept))
    expected["lightgbm"] = {"auc": kept["valid_0"]["auc"][-1]}


def catboost_history():
    from catboost import CatBoostClassifier

    x, y, vx, vy = data()
    made = folder("catboost")
    model = CatBoostClassifier(iterations=8, eval_metric="AUC", custom_metric=["Logloss"], train_dir=str(made), thread_count=1, verbose=False, metric_period=1)
    model.fit(x, y, eval_set=(vx, vy))
    expected["catboost"] = {"auc": model.evals_result_["validation"]["AUC"][-1]}


def keras_history():
    os.environ["KERAS_BACKEND"] = "jax"
    import keras

    x, y, vx, vy = data()
    made = folder("keras")
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])
    model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(x, y, validation_data=(vx, vy), epochs=4, batch_size=5, verbose=0, callbacks=[keras.callbacks.CSVLogger(str(made / "log.csv"))])
    (made / "history.json").write_text(json.dumps(history.history))
    expected["keras"] = {"val_accuracy": history.history["val_accuracy"][-1], "val_loss": history.history["val_loss"][-1]}


def mlflow_files():
    import mlflow

    made = folder("mlflow")
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    mlflow.set_tracking_uri(made.joinpath("mlruns").as_uri())
    with mlflow.start_run():
        for step, value in enumerate([0.5, 0.7, 0.6 if worse else 0.9]):
            mlflow.log_metric("val/accuracy", value, step=step)
        mlflow.log_metric("val/accuracy", 0.8, step=1)
        mlflow.log_metric("loss", float("nan"))
    expected["mlflow"] = {"val/accuracy": 0.6 if worse else 0.9}


def dvclive_files():
    from dvclive import Live

    made = folder("dvclive")
    with Live(dir=str(made / "dvclive"), save_dvc_exp=False, dvcyaml=None, report=None) as live:
        for value in [0.5, 0.7, 0.6 if worse else 0.8]:
            live.log_metric("val/accuracy", value)
            live.log_metric("train/loss", 1 - value)
            live.next_step()
    expected["dvclive"] = {"val.accuracy": 0.6 if worse else 0.8}


def dvc_metrics():
    made = folder("dvc")
    (made / "metrics.json").write_text('{"val": {"auc": 0.91, "by": {"cat": 5e-1}}, "rows": [1, 2], "ok": true}\n')
    (made / "metrics.yaml").write_text("accuracy: 0.93\nloss: 1e-3\nname: yes\n")
    (made / "more.toml").write_text('[test]\nauc = 0.91\nseen = 1_000\n')
    (made / "dvc.yaml").write_text("stages:\n  train:\n    cmd: python train.py\n    metrics:\n      - metrics.yaml:\n          cache: false\nmetrics:\n  - more.toml\n  - metrics.json\n")
    run = lambda *words: subprocess.run([sys.executable, "-m", "dvc", *words], cwd=made, check=True, capture_output=True, text=True).stdout
    run("init", "--no-scm", "--quiet")
    shown = json.loads(run("metrics", "show", "--json"))
    expected["dvc"] = next(iter(shown.values()))["data"]


def pytest_files():
    made = folder("pytest")
    (made / "test_speed.py").write_text(textwrap.dedent("""
        import pytest

        @pytest.mark.parametrize("size", [10, 100])
        def test_sum(benchmark, size):
            benchmark.extra_info["rows"] = size
            benchmark(sum, range(size))

        def test_accuracy(record_property):
            record_property("accuracy", 0.93)
            record_property("name", "a<b & c")
            record_property("loss", float("nan"))
    """))
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--benchmark-json=bench.json", "--benchmark-max-time=0.05",
                    "--junitxml=junit.xml", "test_speed.py"], cwd=made, check=True, capture_output=True)
    expected["pytest"] = {one["fullname"]: one["stats"]["mean"] for one in json.loads((made / "bench.json").read_text())["benchmarks"]}


def locust_stats():
    made = folder("locust")
    (made / "locustfile.py").write_text(textwrap.dedent("""
        import time
        from locust import User, constant, task

        class Reader(User):
            wait_time = constant(0.01)

            @task
            def read(self):
                self.environment.events.request.fire(request_type="READ", name="/rows", response_time=5.0, response_length=10, exception=None, context={})
    """))
    subprocess.run([sys.executable, "-m", "locust", "-f", "locustfile.py", "--headless", "-u", "2", "-r", "2", "-t", "2s", "--csv", "load", "--json-file", "load", "--only-summary"],
                   cwd=made, capture_output=True, timeout=60)
    (total,) = json.loads((made / "load.json").read_text())
    import csv

    rows = list(csv.DictReader((made / "load_stats.csv").open()))
    expected["locust"] = {"json": total["total_response_time"] / total["num_requests"], "csv": float(rows[-1]["Average Response Time"])}


def evidently_report():
    import pandas
    import pandas.core.dtypes.common as types

    # Evidently 0.7.23 imports this name for tests of its own older interface; pandas 3.1 has moved it, and nothing here calls it.
    if not hasattr(types, "infer_dtype_from_object"):
        types.infer_dtype_from_object = None
    from evidently import DataDefinition, Dataset, MulticlassClassification, Report
    from evidently.metrics import Accuracy, DriftedColumnsCount, F1ByLabel, MeanValue, RowCount

    x, _, _, _ = data()
    names = ["cat", "dog", "fox"]
    table = pandas.DataFrame({"label": [names[k % 3] for k in range(len(x))], "prediction": [names[(k + (k % (2 if worse else 7) == 0)) % 3] for k in range(len(x))], "x": x[:, 1]})
    kinds = DataDefinition(classification=[MulticlassClassification(target="label", prediction_labels="prediction")], numerical_columns=["x"])
    rows = Dataset.from_pandas(table, data_definition=kinds)
    snapshot = Report([Accuracy(), F1ByLabel(), MeanValue(column="x"), RowCount(), DriftedColumnsCount()]).run(rows, rows)
    snapshot.save_json(str(folder("evidently") / "evidently.json"))
    accuracy, by_label, mean, count, drifted = snapshot.metric_results.values()
    expected["evidently"] = {"accuracy": accuracy.value, "mean": float(mean.value), "count": count.value, "drifted": drifted.count.value,
                             "by label": {label: one.value for label, one in by_label.values.items()}}


def lm_eval_results():
    made = folder("lm-eval")
    os.environ.update(HF_HOME=str(made / "cache"), HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1")
    from lm_eval import simple_evaluate
    from lm_eval.api.model import LM
    from lm_eval.loggers import EvaluationTracker
    from lm_eval.tasks import TaskManager

    rows = [{"q": f"{k} + {k} =", "choices": [str(2 * k), str(2 * k + 1)], "gold": 0} for k in range(60)]
    (made / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (made / "sums.yaml").write_text(textwrap.dedent(f"""
        task: sums
        dataset_path: json
        dataset_kwargs: {{data_files: {{test: {made}/rows.jsonl}}}}
        test_split: test
        output_type: multiple_choice
        doc_to_text: "{{{{q}}}}"
        doc_to_choice: "{{{{choices}}}}"
        doc_to_target: "{{{{gold}}}}"
        metric_list:
          - {{metric: acc, aggregation: mean, higher_is_better: true}}
          - {{metric: brier_score, aggregation: brier_score, higher_is_better: false}}
    """))

    class Sums(LM):
        """Knows the even answers, but for every fourth question; the worse one but for every other."""

        def loglikelihood(self, requests):
            likelier = lambda question, answer: (int(answer) % 2 == 0) != (int(question.split()[0]) % (2 if worse else 4) == 1)
            return [(-0.5 if likelier(*one.args) else -1.5, False) for one in requests]

        def loglikelihood_rolling(self, requests):
            raise NotImplementedError

        def generate_until(self, requests):
            raise NotImplementedError

    tracker = EvaluationTracker(output_path=str(made / "out"))
    results = simple_evaluate(Sums(), tasks=["sums"], task_manager=TaskManager(include_path=str(made), include_defaults=False),
                              evaluation_tracker=tracker, log_samples=True, random_seed=1)
    samples = results.pop("samples")
    tracker.save_results_aggregated(results=results, samples=samples)
    sums = results["results"]["sums"]
    expected["lm-eval"] = {"acc": sums["acc,none"], "stderr": sums["acc_stderr,none"], "brier": sums["brier_score,none"], "n": results["n-samples"]["sums"]["effective"],
                           "up": results["higher_is_better"]["sums"]["acc"], "down": not results["higher_is_better"]["sums"]["brier_score"]}


def k6_summary():
    import http.server
    import threading

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/good" else 500)
            self.end_headers()

        def log_message(self, *words):
            pass

    made = folder("k6")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (made / "load.js").write_text(textwrap.dedent(f"""
        import http from "k6/http";
        import {{ check }} from "k6";
        export const options = {{ vus: 1, iterations: 8, summaryTrendStats: ["avg", "min", "med", "max", "p(90)", "p(95)", "count"] }};
        export default function () {{
          const answer = http.get(`http://127.0.0.1:{server.server_port}/${{__ITER === 3 ? "bad" : "good"}}`);
          check(answer, {{ "is good": ({{ status }}) => status === 200 }});
        }}
        export function handleSummary(data) {{ return {{ "handled.json": JSON.stringify(data) }}; }}
    """))
    (made / "plain.js").write_text((made / "load.js").read_text().split("export function handleSummary")[0])
    run = lambda *words: subprocess.run([os.environ.get("METRICGATE_K6", "k6"), "run", "--quiet", "--no-usage-report", *words], cwd=made, check=True, capture_output=True, timeout=60)
    run("load.js")
    run("--summary-export", "summary.json", "--out", "csv=points.csv", "plain.js")
    server.shutdown()
    import csv

    points = list(csv.DictReader((made / "points.csv").open()))
    of = lambda name: [float(row["metric_value"]) for row in points if row["metric_name"] == name]
    times, failed, checks = of("http_req_duration"), of("http_req_failed"), of("checks")
    handled = json.loads((made / "handled.json").read_text())["metrics"]
    expected["k6"] = {"max": max(times), "failed": sum(failed) / len(failed), "checks": sum(checks) / len(checks), "requests": len(of("http_reqs")),
                      "handled": handled["http_req_duration"]["values"]["p(95)"]}


writers = [evidently_report, lm_eval_results, k6_summary, sklearn_report, sklearn_cross_validation, xgboost_history, lightgbm_history, catboost_history, keras_history, mlflow_files, dvclive_files, dvc_metrics, pytest_files, locust_stats]
for writer in writers:
    if wanted and writer.__name__ not in wanted:
        continue
    try:
        writer()
    except Exception as problem:  # one tool that fails must not hide the others; its test names it
        expected.setdefault("failed", {})[writer.__name__] = repr(problem)
(out / "expected.json").write_text(json.dumps(expected))
