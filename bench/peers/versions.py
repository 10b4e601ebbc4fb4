"""Prints the versions of the libraries that the pipeline stands on, as JSON."""

import json
import platform
from importlib.metadata import distributions

NAMES = {"numpy", "numba", "scikit-learn", "xgboost", "xgboost-cpu", "lightgbm", "joblib"}
found = {d.metadata["Name"]: d.version for d in distributions() if d.metadata["Name"] in NAMES}
print(json.dumps({"Python": platform.python_version(), **dict(sorted(found.items()))}))
