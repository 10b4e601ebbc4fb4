"""Trains the grid of a specification: `python run.py SPEC.json`."""

import json
import sys
from pathlib import Path

from joblib.externals.loky import get_reusable_executor

from pipeline.grid import run

if __name__ == "__main__":
    run(json.loads(Path(sys.argv[1]).read_text()))
    get_reusable_executor().shutdown(wait=True)
