"""The market regime of every bar, as known at its close."""

import numpy as np
from numba import njit

NAMES = ("bull_trending", "bear_trending", "volatile_ranging", "calm_ranging")
TREND_BARS = 50
VOLATILITY_BARS = 20
TRAILING_BARS = 500


@njit(cache=True)
def measures(log_close):
    """R2 of a line through 50 closes, the change over them, and the deviation of 20 returns."""
    n = len(log_close)
    strength = np.full(n, np.nan)
    change = np.full(n, np.nan)
    volatility = np.full(n, np.nan)
    time_squares = TREND_BARS * (TREND_BARS**2 - 1) / 12
    for t in range(TREND_BARS - 1, n):
        window = log_close[t - TREND_BARS + 1 : t + 1] - log_close[t - TREND_BARS + 1]
        mean = window.sum() / TREND_BARS
        squares = 0.0
        products = 0.0
        for i in range(TREND_BARS):
            d = window[i] - mean
            squares += d * d
            products += d * (i - (TREND_BARS - 1) / 2)
        strength[t] = 0.0 if squares == 0 else min(1.0, products * products / (time_squares * squares))
        change[t] = log_close[t] - log_close[t - TREND_BARS + 1]
    for t in range(VOLATILITY_BARS, n):
        mean = (log_close[t] - log_close[t - VOLATILITY_BARS]) / VOLATILITY_BARS
        squares = 0.0
        for i in range(t - VOLATILITY_BARS + 1, t + 1):
            d = log_close[i] - log_close[i - 1] - mean
            squares += d * d
        volatility[t] = np.sqrt(squares / (VOLATILITY_BARS - 1))
    return strength, change, volatility


def label_bars(candles, first, end):
    """Index into NAMES of bars [first, end); their number where no rule holds."""
    start = max(0, first - TRAILING_BARS - TREND_BARS)
    strength, change, volatility = measures(np.log(candles.close[start:end]))
    rows = slice(first - start, end - start)
    windows = np.lib.stride_tricks.sliding_window_view(volatility, TRAILING_BARS)
    median, upper = np.percentile(windows[-(end - first) :], (50, 75), axis=1)
    trending = strength[rows] > 0.7
    rules = (
        trending & (change[rows] > 0),
        trending & (change[rows] < 0),
        volatility[rows] > upper,
        volatility[rows] < median,
    )
    return np.select(rules, range(len(NAMES)), default=len(NAMES)).astype(np.uint8)
