"""Forecasts of every member over the evaluation span, by prediction method: arrays of [member, bar]."""

import numpy as np
from numba import njit

from .rollout import MAX_STEPS


def direct(members, x):
    return np.stack([member.predict(x) for member in members])


@njit(cache=True)
def direct_multi(forecasts, horizon):
    """Mean of the last `horizon` direct forecasts, of fewer at the beginning."""
    out = np.empty_like(forecasts)
    for k in range(forecasts.shape[0]):
        for t in range(forecasts.shape[1]):
            first = max(0, t - horizon + 1)
            total = 0.0
            for i in range(first, t + 1):
                total += forecasts[k, i]
            out[k, t] = total / (t - first + 1)
    return out


def recursive(members, forecasts, rollout, horizon):
    """Up to twelve steps of one bar each, each member along its own trajectory."""
    steps = min(horizon, MAX_STEPS)
    out = np.empty_like(forecasts)
    for k, member in enumerate(members):
        step = forecasts[k] / horizon
        total = step.copy()
        state = rollout.start() if steps > 1 else None
        for i in range(1, steps):
            rollout.advance(state, i, step)
            step = member.predict(state[0]) / horizon
            total += step
        out[k] = total * (horizon / steps)
    return out
