"""How far a forecast can be trusted: 0.4 magnitude + 0.4 consistency + 0.2 calm."""

import numpy as np
from numba import njit

from .kernels import percentile_rank

RECENT = 10
MINIMUM = 20


def calm(volatility, lookback):
    out = np.empty(len(volatility))
    percentile_rank(volatility, 0, lookback, out)
    return 1 - out


@njit(cache=True)
def confidence(p, forecasts, calm, lookback):
    members, count = forecasts.shape
    out = np.full(count, np.nan)
    start = 0
    while start < count and np.isnan(p[start]):
        start += 1
    magnitude = np.abs(p)
    percentile_rank(magnitude, start, lookback, out)
    for t in range(start, count):
        sign = np.sign(p[t])
        recent = 0
        for i in range(max(start, t - RECENT + 1), t + 1):
            recent += np.sign(p[i]) == sign
        agreeing = 0
        for k in range(members):
            agreeing += np.sign(forecasts[k, t]) == sign
        consistency = (recent / RECENT + agreeing / members) / 2
        out[t] = 0.4 * out[t] + 0.4 * consistency + 0.2 * calm[t]
    out[: start + MINIMUM - 1] = np.nan
    return out
