"""Features of synthetic bars, for recursive forecasts: every bar of the span goes on by itself, step by step."""

import math

import numpy as np
from numba import njit

MAX_STEPS = 12
WINDOW = 20
VOLUME_WINDOW = 100
# Columns of the smoothed state of a lane.
EMA, FAST, SLOW, SIGNAL, SPAN, UP, DOWN, ADX, GAIN, LOSS, OBV = range(11)
SMOOTHED = ("ema", "fast", "slow", "signal", "span", "up", "down", "adx", "gain", "loss", "obv")
VOLUMES = 3


@njit(cache=True)
def tail_sums(x, first, count):
    """Per lane and step: sums of distances from the lane's own value, and of their squares, over the real bars left."""
    sums = np.zeros((count, MAX_STEPS + 1))
    squares = np.zeros((count, MAX_STEPS + 1))
    for lane in range(count):
        own = x[first + lane]
        total = 0.0
        square = 0.0
        for back in range(VOLUME_WINDOW):
            d = x[first + lane - back] - own
            total += d
            square += d * d
            step = VOLUME_WINDOW - 1 - back
            if step <= MAX_STEPS:
                sums[lane, step] = total
                squares[lane, step] = square
    return sums, squares


class Rollout:
    """What is the same for every model that is rolled forward over the same bars."""

    def __init__(self, candles, features, first, count):
        c = candles
        rows = slice(first, first + count)
        self.own = np.ascontiguousarray(features.matrix[rows])
        self.smoothed = np.column_stack([features.state[name][rows] for name in SMOOTHED])
        self.oscillator = np.column_stack(
            [features.state["raw"][first - 1 : first + count - 1], features.state["raw"][rows]]
            + [features.state["k"][first - 1 : first + count - 1], features.state["k"][rows]]
        )
        back = np.arange(first, first + count)[:, None] + np.arange(-WINDOW + 1, 1)
        # High, low, close and volume of the last bars, room for the synthetic ones behind them.
        self.bars = np.zeros((count, 4, WINDOW + MAX_STEPS))
        for k, column in enumerate((c.high, c.low, c.close, c.volume)):
            self.bars[:, k, :WINDOW] = column[back]
        self.volumes = np.column_stack([x[rows] for x in (c.volume, features.state["obv"], features.state["volume_sma"])])
        tails = [tail_sums(x, first, count) for x in (c.volume, features.state["obv"], features.state["volume_sma"])]
        self.sums = np.stack([sums for sums, _ in tails])
        self.squares = np.stack([squares for _, squares in tails])
        self.level_columns = np.array(sorted(features.levels), dtype=np.int64)
        held = [features.levels[j][rows] for j in self.level_columns]
        self.levels = np.column_stack(held) if held else np.zeros((count, 0))

    def start(self):
        """State of one member's trajectory, before its first step."""
        count = len(self.own)
        new = np.zeros((count, 2, VOLUMES))
        return [self.own.copy(), self.smoothed.copy(), self.oscillator.copy(), self.bars.copy(), new]

    def advance(self, state, step, returns):
        """Appends a bar to every lane; the first element of the state is its matrix of features."""
        _advance(step, returns, *state, self.volumes, self.sums, self.squares, self.level_columns, self.levels)


@njit(cache=True)
def _z(x, own, lane, k, step, new, sums, squares):
    """Distance from the mean of the last 100 in standard deviations."""
    d = x - own
    new[lane, 0, k] += d
    new[lane, 1, k] += d * d
    total = sums[k, lane, step] + new[lane, 0, k]
    square = squares[k, lane, step] + new[lane, 1, k]
    mean = own + total / VOLUME_WINDOW
    std = math.sqrt(max(0.0, square - total * total / VOLUME_WINDOW) / VOLUME_WINDOW)
    return 0.0 if std <= 1e-12 * abs(mean) else (x - mean) / std


@njit(cache=True)
def _advance(step, returns, out, smoothed, oscillator, bars, new, volumes, sums, squares, level_columns, levels):
    now = WINDOW + step - 1
    for lane in range(len(returns)):
        high, low, close, volume = bars[lane, 0], bars[lane, 1], bars[lane, 2], bars[lane, 3]
        s = smoothed[lane]
        spans = 0.0
        real = 0.0
        for k in range(now - WINDOW, now):
            spans += high[k] - low[k]
        for k in range(WINDOW):
            real += volume[k] - volume[WINDOW - 1]
        before = close[now - 1]
        price = before * math.exp(returns[lane])
        margin = spans * (0.25 / WINDOW)
        high[now] = max(before, price) + margin
        low[now] = min(before, price) - margin
        close[now] = price
        volume[now] = volume[WINDOW - 1] + real / WINDOW
        span = high[now] - low[now]

        out[lane, 0] = span / price
        out[lane, 1] = (50.0 if span == 0 else (price - low[now]) / span * 100) / 50 - 1
        out[lane, 2] = _z(volume[now], volumes[lane, 0], lane, 0, step, new, sums, squares)

        total = 0.0
        square = 0.0
        turnover = 0.0
        traded = 0.0
        typical = 0.0
        for k in range(now - WINDOW + 1, now + 1):
            d = close[k] - close[WINDOW - 1]
            total += d
            square += d * d
            mid = (high[k] + low[k] + close[k]) / 3
            typical += mid
            turnover += mid * volume[k]
            traded += volume[k]
        mean = close[WINDOW - 1] + total / WINDOW
        std = math.sqrt(max(0.0, square - total * total / WINDOW) / WINDOW)
        out[lane, 3] = (price - mean) / price

        s[EMA] += (price - s[EMA]) * (2 / 21)
        s[FAST] += (price - s[FAST]) * (2 / 13)
        s[SLOW] += (price - s[SLOW]) * (2 / 27)
        line = s[FAST] - s[SLOW]
        s[SIGNAL] += (line - s[SIGNAL]) * (2 / 10)
        out[lane, 4] = (price - s[EMA]) / price
        out[lane, 5] = line / price
        out[lane, 6] = (line - s[SIGNAL]) / price

        rise = high[now] - high[now - 1]
        fall = low[now - 1] - low[now]
        s[SPAN] += (span - s[SPAN]) / 14
        s[UP] += ((rise if rise > fall and rise > 0 else 0.0) - s[UP]) / 14
        s[DOWN] += ((fall if fall > rise and fall > 0 else 0.0) - s[DOWN]) / 14
        moves = s[UP] + s[DOWN]
        s[ADX] += ((0.0 if moves == 0 else abs(s[UP] - s[DOWN]) / moves * 100) - s[ADX]) / 14
        out[lane, 7] = s[ADX] / 50 - 1
        out[lane, 8] = (0.0 if s[SPAN] == 0 else s[UP] / s[SPAN] * 100) / 50 - 1
        out[lane, 9] = (0.0 if s[SPAN] == 0 else s[DOWN] / s[SPAN] * 100) / 50 - 1

        change = price - before
        s[GAIN] += (max(change, 0.0) - s[GAIN]) / 14
        s[LOSS] += (max(-change, 0.0) - s[LOSS]) / 14
        moves = s[GAIN] + s[LOSS]
        out[lane, 10] = (50.0 if moves == 0 else s[GAIN] / moves * 100) / 50 - 1

        highest = high[now]
        lowest = low[now]
        for k in range(now - 13, now):
            highest = max(highest, high[k])
            lowest = min(lowest, low[k])
        o = oscillator[lane]
        raw = 50.0 if highest == lowest else (price - lowest) / (highest - lowest) * 100
        fast_k = (o[0] + o[1] + raw) / 3
        slow_d = (o[2] + o[3] + fast_k) / 3
        o[0], o[1], o[2], o[3] = o[1], raw, o[3], fast_k
        out[lane, 11] = fast_k / 50 - 1
        out[lane, 12] = slow_d / 50 - 1

        out[lane, 13] = (price - close[now - 10]) / close[now - 10]
        out[lane, 14] = s[SPAN] / price
        out[lane, 15] = (price - (mean + 2 * std)) / price
        out[lane, 16] = (price - (mean - 2 * std)) / price
        out[lane, 17] = std / price
        if price > before:
            s[OBV] += volume[now]
        elif price < before:
            s[OBV] -= volume[now]
        out[lane, 18] = _z(s[OBV], volumes[lane, 1], lane, 1, step, new, sums, squares)
        average = turnover / traded if traded > 0 else typical / WINDOW
        out[lane, 19] = (price - average) / price
        out[lane, 20] = _z(traded / WINDOW, volumes[lane, 2], lane, 2, step, new, sums, squares)
        for k in range(len(level_columns)):
            out[lane, level_columns[k]] = (price - levels[lane, k]) / price
