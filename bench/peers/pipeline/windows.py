"""When a model learns and when it is tested: stretches of time counted back from a close of the trading week."""

from datetime import datetime, timezone

import numpy as np

from .calendar import DAY
from .indicators import WARMUP

HOLDOUT_DAYS = 30
SELECTION_DAYS = 90
HISTORY_TIERS = (256, 1024, 4096)
MEMBERS = 3


def view_start(candles, higher, selection, days):
    """The 1 January from which on indicators are warm a tier of days before the selection window."""
    tier = next((tier for tier in HISTORY_TIERS if tier >= days), days)
    needed = selection - tier * DAY
    starts = []
    for series, lag in ((candles, 0), (higher, 1)):
        if series is None:
            continue
        first = np.searchsorted(series.time, needed - series.duration + 1) - lag
        starts.append(series.time[max(0, first - WARMUP)])
    year = datetime.fromtimestamp(min(starts) / 1000, timezone.utc).year
    return int(datetime(year, 1, 1, tzinfo=timezone.utc).timestamp() * 1000)


def training_rows(candles, selection, days, horizon):
    first, end = candles.rows_within(selection - days * DAY, selection)
    return first, end - 1 - horizon


def member_splits(first, end, horizon):
    """Per member: rows to learn from, and the block it leaves out with a purge on both sides."""
    rows = end - first
    for k in range(MEMBERS):
        left, right = first + k * rows // MEMBERS, first + (k + 1) * rows // MEMBERS
        train = np.concatenate([np.arange(first, left - horizon), np.arange(right + horizon, end)])
        yield train, slice(left, right)


def return_labels(candles, horizon):
    labels = np.full(len(candles), np.nan)
    labels[: -1 - horizon] = np.log(candles.open[1 + horizon :] / candles.open[1:-horizon])
    return labels
