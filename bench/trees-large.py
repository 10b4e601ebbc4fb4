"""Fits the native libraries on data that bench/trees-large.ts wrote; reads a job and prints its figures, a line of JSON each."""

import json
import sys
import time
from functools import cache

import lightgbm
import numpy as np
import xgboost
from sklearn.ensemble import RandomForestRegressor

MODELS = {
    "XGBoost": xgboost.XGBRegressor,
    "XGBoost classifier": xgboost.XGBClassifier,
    "XGBoost forest": xgboost.XGBRFRegressor,
    "LightGBM": lightgbm.LGBMRegressor,
    "scikit-learn": RandomForestRegressor,
}


@cache
def data(file, features, rows, train):
    raw = np.fromfile(file, dtype=np.float64).reshape(features + 1, rows)
    x, y = raw[:-1].T.copy(), raw[-1]
    # Labels of size 1e-3 fall below XGBoost's absolute least gain of 1e-6, so all get them at unit variance.
    mean, scale = y[:train].mean(), y[:train].std()
    return x, y, (y[:train] - mean) / scale, mean, scale


def run(job):
    train = job["train"]
    x, y, target, mean, scale = data(job["file"], job["features"], job["rows"], train)
    classifies = job["library"].endswith("classifier")
    model = MODELS[job["library"]](n_jobs=job["threads"], random_state=job.get("seed", 1), **job["parameters"])
    clock, processor = time.perf_counter(), time.process_time()
    model.fit(x[:train], (y[:train] > 0).astype(int) if classifies else target)
    answer = {"processor": time.process_time() - processor, "clock": time.perf_counter() - clock}
    if not classifies:
        predicted = model.predict(x[train:]) * scale + mean
        answer["rmse"] = float(np.sqrt(np.mean((predicted - y[train:]) ** 2)))
    return answer


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
