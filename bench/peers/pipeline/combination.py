"""Members' forecasts combined into one, by weights that rest on outcomes known at the close of the bar."""

import numpy as np
from numba import njit

from .kernels import rolling_sum

MINIMUM = 20
REFIT_EVERY = 10
FLOOR = 1e-12


@njit(cache=True)
def mean(forecasts):
    members, count = forecasts.shape
    out = np.zeros(count)
    weight = 1 / members
    for k in range(members):
        for t in range(count):
            out[t] += weight * forecasts[k, t]
    return out


@njit(cache=True)
def weighted(forecasts, outcomes, horizon, lookback):
    """Proportional to 1 / mean squared error."""
    members, count = forecasts.shape
    known = max(0, count - 1 - horizon)
    first = min(count, horizon + MINIMUM)
    sums = np.empty((members, count))
    for k in range(members):
        rolling_sum((forecasts[k, :known] - outcomes[:known]) ** 2, known, lookback, sums[k])
    out = np.full(count, np.nan)
    inverse = np.empty(members)
    for t in range(first, count):
        latest = t - 1 - horizon
        average = sums[:, latest].mean()
        for k in range(members):
            worst = max(sums[k, latest], FLOOR * average)
            inverse[k] = 1 / worst if worst > 0 else np.inf
        total = inverse.sum()
        out[t] = 0.0
        for k in range(members):
            share = inverse[k] / total if 0 < total < np.inf else 1 / members
            out[t] += share * forecasts[k, t]
    return out


@njit(cache=True)
def stacking(forecasts, outcomes, horizon, lookback):
    """Ridge regression of outcomes on forecasts, refitted on every tenth bar; its intercept is left out."""
    members, count = forecasts.shape
    out = np.zeros(count)
    weights = np.full(members, 1 / members)
    for t in range(count):
        known = t - horizon
        if t % REFIT_EVERY == 0 and known >= lookback / 2:
            rows = min(known, lookback)
            x = forecasts[:, known - rows : known]
            y = outcomes[known - rows : known]
            gram = np.empty((members, members))
            target = np.empty(members)
            squares = 0.0
            outcome = y.mean()
            for k in range(members):
                centered = x[k] - x[k].mean()
                target[k] = (centered * (y - outcome)).sum()
                squares += (x[k] * x[k]).sum()
                for j in range(k + 1):
                    gram[k, j] = (centered * (x[j] - x[j].mean())).sum()
                    gram[j, k] = gram[k, j]
            trace = np.trace(gram)
            if trace > FLOOR * squares:
                weights = np.linalg.solve(gram + np.eye(members) * (trace / members), target)
            else:
                weights = np.full(members, 1 / members)
        for k in range(members):
            out[t] += weights[k] * forecasts[k, t]
    return out


def combine(method, forecasts, outcomes, horizon, lookback):
    if method == "mean":
        return mean(forecasts)
    if method == "weighted":
        return weighted(forecasts, outcomes, horizon, lookback)
    return stacking(forecasts, outcomes, horizon, lookback)
