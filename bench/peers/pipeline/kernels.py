"""Loops over bars that features, regimes and combinations share."""

import math

import numpy as np
from numba import njit


@njit(cache=True)
def ema(x, weight, start, seed):
    out = np.full(len(x), np.nan)
    y = seed
    out[start] = y
    for t in range(start + 1, len(x)):
        y += (x[t] - y) * weight
        out[t] = y
    return out


@njit(cache=True)
def wilder(x, period, start):
    """Mean of the first values, then smoothed by 1 / period."""
    total = 0.0
    for t in range(start, start + period):
        total += x[t]
    return ema(x, 1 / period, start + period - 1, total / period)


@njit(cache=True)
def rolling_mean(x, window, start):
    out = np.full(len(x), np.nan)
    for t in range(start + window - 1, len(x)):
        total = 0.0
        for k in range(t - window + 1, t + 1):
            total += x[k]
        out[t] = total / window
    return out


@njit(cache=True)
def rolling_moments(x, window, start):
    """Mean and population standard deviation, summed as distances from the newest value."""
    mean = np.full(len(x), np.nan)
    std = np.full(len(x), np.nan)
    for t in range(start + window - 1, len(x)):
        total = 0.0
        squares = 0.0
        for k in range(t - window + 1, t + 1):
            d = x[k] - x[t]
            total += d
            squares += d * d
        mean[t] = x[t] + total / window
        std[t] = math.sqrt(max(0.0, squares - total * total / window) / window)
    return mean, std


@njit(cache=True)
def rolling_extremes(high, low, window):
    highest = np.full(len(high), np.nan)
    lowest = np.full(len(low), np.nan)
    for t in range(window - 1, len(high)):
        highest[t] = high[t - window + 1 : t + 1].max()
        lowest[t] = low[t - window + 1 : t + 1].min()
    return highest, lowest


@njit(cache=True)
def rolling_sum(x, count, window, out):
    """Of the first `count` values, over as many as there are."""
    for t in range(count):
        total = 0.0
        for k in range(max(0, t - window + 1), t + 1):
            total += x[k]
        out[t] = total


@njit(cache=True)
def percentile_rank(x, start, window, out):
    """Mid-rank of each value among the last `window` values since `start`."""
    for t in range(start, len(x)):
        first = max(start, t - window + 1)
        smaller = 0
        equal = 0
        for k in range(first, t + 1):
            smaller += x[k] < x[t]
            equal += x[k] == x[t]
        out[t] = (smaller + equal / 2) / (t - first + 1)
