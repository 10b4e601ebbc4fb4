"""Fits one classifier after the other on data that bench/classifiers.ts wrote, one thread; answers each line of JSON with one."""

import json
import sys
import time
import warnings

import numpy as np
from lightgbm import LGBMClassifier
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from xgboost import XGBClassifier

# LightGBM warns that an array has no column names; saga where it does not converge.
warnings.filterwarnings("ignore")


def scaled_logistic(**parameters):
    return make_pipeline(StandardScaler(), LogisticRegression(**parameters))


CLASSIFIERS = {
    "LogisticRegression": scaled_logistic,
    "GradientBoostingClassifier": GradientBoostingClassifier,
    "HistGradientBoostingClassifier": HistGradientBoostingClassifier,
    "RandomForestClassifier": RandomForestClassifier,
    "XGBClassifier": XGBClassifier,
    "LGBMClassifier": LGBMClassifier,
}


def run(job):
    raw = np.fromfile(job["file"], dtype=np.float64).reshape(job["features"] + 1, job["rows"])
    x, y = raw[:-1].T.copy(), raw[-1].astype(int)
    train, test = slice(0, job["train"]), slice(job["train"], job["rows"])
    model = CLASSIFIERS[job["name"]](**job["parameters"])
    start = time.process_time()
    model.fit(x[train], y[train])
    seconds = time.process_time() - start
    q = np.clip(model.predict_proba(x[test])[:, 1], 2**-52, 1 - 2**-52)
    loss = float(np.mean(np.where(y[test] == 1, -np.log(q), -np.log1p(-q))))
    return {"seconds": seconds, "logLoss": loss}


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
