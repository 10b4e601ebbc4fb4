"""Fits the native libraries on the data that bench/trees.ts wrote, one thread each; prints one line of JSON per job."""

import json
import sys
import time

import numpy as np
import xgboost
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingRegressor, RandomForestRegressor


def native(model):
    if model == "xgboost":
        return xgboost.XGBRegressor(
            n_estimators=100, tree_method="hist", max_depth=6, n_jobs=1, base_score=0.0, random_state=1
        )
    if model == "lightgbm":
        return HistGradientBoostingRegressor(
            max_iter=100, learning_rate=0.1, max_leaf_nodes=31, min_samples_leaf=20, early_stopping=False
        )
    if model == "gradient_boosting":
        return GradientBoostingRegressor(n_estimators=100, max_depth=3, random_state=1)
    return RandomForestRegressor(
        n_estimators=100, max_depth=10, max_features=1 / 3, min_samples_leaf=5, n_jobs=1, random_state=1
    )


def run(job):
    raw = np.fromfile(job["file"], dtype=np.float64).reshape(job["features"] + 1, job["rows"])
    x, y = raw[:-1].T.copy(), raw[-1]
    train = slice(0, job["train"])
    test = slice(job["train"], job["rows"])
    # Labels of size 1e-3 fall below XGBoost's absolute least gain of 1e-6, so it gets them at unit variance.
    mean, scale = y[train].mean(), y[train].std()
    target = (y[train] - mean) / scale
    times = []
    for _ in range(job["repeats"]):
        model = native(job["model"])
        start = time.process_time()
        model.fit(x[train], target)
        times.append(time.process_time() - start)
    predicted = model.predict(x[test]) * scale + mean
    rmse = float(np.sqrt(np.mean((predicted - y[test]) ** 2)))
    return {"seconds": float(np.median(times)), "rmse": rmse}


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
