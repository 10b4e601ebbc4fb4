"""Features of every bar, known at its close, encoded without scale of price or volume (`normalized`)."""

from dataclasses import dataclass

import numpy as np

from .indicators import INDICATORS, ON_HIGHER
from .kernels import rolling_moments

VOLUME_WINDOW = 100
NOISE = 1e-12


@dataclass(frozen=True)
class Features:
    names: list
    # One row per bar.
    matrix: np.ndarray
    # What carries the indicators on into bars that have not happened.
    state: dict
    # Held levels of the higher timeframe, by column of the matrix.
    levels: dict


def z_score(x, start):
    mean, std = rolling_moments(x, VOLUME_WINDOW, start)
    flat = std <= NOISE * np.abs(mean)
    return np.where(flat, 0, (x - mean) / np.where(flat, 1, std))


def encode(kind, x, close, start=0):
    if kind == "level":
        return (close - x) / close
    if kind == "difference":
        return x / close
    if kind == "oscillator":
        return x / 50 - 1
    if kind == "volume":
        return z_score(x, start)
    return x


def first_number(x):
    return int(np.argmax(~np.isnan(x)))


def build_features(candles, higher):
    c = candles
    span = c.high - c.low
    place = np.divide(100 * (c.close - c.low), span, out=np.full(len(c), 50.0), where=span != 0)
    columns = [
        ("range", encode("difference", span, c.close)),
        ("close_position", encode("oscillator", place, c.close)),
        ("volume", encode("volume", c.volume, c.close)),
    ]
    state = {}
    levels = {}
    for indicator in INDICATORS.values():
        for name, kind, values in indicator(c, state):
            columns.append((name, encode(kind, values, c.close, first_number(values))))
    if higher is not None:
        # The newest higher bar whose whole duration has passed.
        closed = np.searchsorted(higher.time + higher.duration, c.time + c.duration, side="right") - 1
        for name in ON_HIGHER:
            for output, kind, values in INDICATORS[name](higher, {}):
                encoded = values if kind == "level" else encode(kind, values, higher.close)
                held = np.where(closed < 0, np.nan, encoded[np.maximum(closed, 0)])
                if kind == "level":
                    levels[len(columns)] = held
                    held = encode(kind, held, c.close)
                columns.append((f"{output}@{higher.timeframe}", held))
    matrix = np.column_stack([values for _, values in columns])
    return Features([name for name, _ in columns], matrix, state, levels)
