"""Indicators with their usual parameters. Each gives its outputs and what they measure."""

import numpy as np

from .kernels import ema, rolling_extremes, rolling_mean, rolling_moments, wilder

ON_HIGHER = ("ema", "macd", "adx", "rsi", "stochastic", "atr", "bollinger")


def blank(warmup, *columns):
    for column in columns:
        column[:warmup] = np.nan


def true_range(c):
    out = c.high - c.low
    out[1:] = np.maximum(c.high[1:], c.close[:-1]) - np.minimum(c.low[1:], c.close[:-1])
    return out


def sma(c, state):
    return [("sma_20", "level", rolling_mean(c.close, 20, 0))]


def ema_20(c, state):
    out = ema(c.close, 2 / 21, 0, c.close[0])
    blank(19, out)
    state["ema"] = out
    return [("ema_20", "level", out)]


def macd(c, state):
    fast = ema(c.close, 2 / 13, 0, c.close[0])
    slow = ema(c.close, 2 / 27, 0, c.close[0])
    line = fast - slow
    signal = ema(line, 2 / 10, 25, line[25])
    histogram = line - signal
    blank(33, line, histogram)
    state.update(fast=fast, slow=slow, signal=signal)
    return [("macd_12_26", "difference", line), ("macd_histogram_9", "difference", histogram)]


def share(part, whole):
    """Percent; 0 of nothing."""
    return np.divide(100 * part, whole, out=np.zeros_like(part), where=whole != 0)


def adx(c, state):
    up = np.zeros(len(c))
    down = np.zeros(len(c))
    rise = np.diff(c.high)
    fall = -np.diff(c.low)
    up[1:] = np.where((rise > fall) & (rise > 0), rise, 0)
    down[1:] = np.where((fall > rise) & (fall > 0), fall, 0)
    span, up, down = (wilder(x, 14, 0) for x in (true_range(c), up, down))
    plus, minus = share(up, span), share(down, span)
    average = wilder(share(np.abs(up - down), up + down), 14, 13)
    state.update(span=span, up=up, down=down, adx=average)
    plus, minus = plus.copy(), minus.copy()
    blank(26, plus, minus)
    return [("adx_14", "oscillator", average), ("plus_di_14", "oscillator", plus), ("minus_di_14", "oscillator", minus)]


def rsi(c, state):
    change = np.diff(c.close, prepend=c.close[0])
    gain = wilder(np.maximum(change, 0), 14, 1)
    loss = wilder(np.maximum(-change, 0), 14, 1)
    state.update(gain=gain, loss=loss)
    moves = gain + loss
    index = np.divide(100 * gain, moves, out=np.full(len(c), 50.0), where=moves != 0)
    blank(14, index)
    return [("rsi_14", "oscillator", index)]


def mean_of_three(x):
    out = np.full(len(x), np.nan)
    out[2:] = (x[:-2] + x[1:-1] + x[2:]) / 3
    return out


def stochastic(c, state):
    highest, lowest = rolling_extremes(c.high, c.low, 14)
    span = highest - lowest
    raw = np.divide(100 * (c.close - lowest), span, out=np.full(len(c), 50.0), where=span != 0)
    k = mean_of_three(raw)
    d = mean_of_three(k)
    state.update(raw=raw, k=k)
    k = k.copy()
    blank(17, k, d)
    return [("stochastic_k_14_3", "oscillator", k), ("stochastic_d_3", "oscillator", d)]


def roc(c, state):
    out = np.full(len(c), np.nan)
    out[10:] = (c.close[10:] - c.close[:-10]) / c.close[:-10]
    return [("roc_10", "ratio", out)]


def atr(c, state):
    return [("atr_14", "difference", wilder(true_range(c), 14, 0))]


def bollinger(c, state):
    mean, std = rolling_moments(c.close, 20, 0)
    return [("bollinger_upper_20", "level", mean + 2 * std), ("bollinger_lower_20", "level", mean - 2 * std)]


def stddev(c, state):
    return [("stddev_20", "difference", rolling_moments(c.close, 20, 0)[1])]


def obv(c, state):
    total = np.zeros(len(c))
    total[1:] = np.cumsum(c.volume[1:] * np.sign(np.diff(c.close)))
    state["obv"] = total
    return [("obv", "volume", total)]


def vwap(c, state):
    price = (c.high + c.low + c.close) / 3
    turnover, volume, plain = (rolling_mean(x, 20, 0) for x in (price * c.volume, c.volume, price))
    return [("vwap_20", "level", np.divide(turnover, volume, out=plain, where=volume > 0))]


def volume_sma(c, state):
    out = rolling_mean(c.volume, 20, 0)
    state["volume_sma"] = out
    return [("volume_sma_20", "volume", out)]


INDICATORS = {
    "sma": sma,
    "ema": ema_20,
    "macd": macd,
    "adx": adx,
    "rsi": rsi,
    "stochastic": stochastic,
    "roc": roc,
    "atr": atr,
    "bollinger": bollinger,
    "stddev": stddev,
    "obv": obv,
    "vwap": vwap,
    "volume_sma": volume_sma,
}


def bars_to_forget(*weights):
    """Bars until smoothers in a row have forgotten their start to 1e-9."""
    state = [1.0] * len(weights)
    bars = 0
    while state[-1] > 1e-9:
        value = 0.0
        for i, weight in enumerate(weights):
            state[i] += (value - state[i]) * weight
            value = state[i]
        bars += 1
    return bars


# The slowest of them, on each timeframe.
WARMUP = 26 + bars_to_forget(1 / 14, 1 / 14)
