"""Candles as columns, and longer timeframes made of shorter ones."""

from dataclasses import dataclass, fields

import numpy as np

from .calendar import HOUR, TradingDays, weekday

MILLISECONDS = {"H1": HOUR, "H4": 4 * HOUR, "D1": 24 * HOUR}
# The shortest timeframe at least four times as long.
HIGHER = {"H1": "H4", "H4": "D1", "D1": None}
COLUMNS = ("open", "high", "low", "close", "volume", "spread")


@dataclass(frozen=True)
class Candles:
    timeframe: str
    time: np.ndarray
    open: np.ndarray
    high: np.ndarray
    low: np.ndarray
    close: np.ndarray
    volume: np.ndarray
    spread: np.ndarray

    def __len__(self):
        return len(self.time)

    @property
    def duration(self):
        return MILLISECONDS[self.timeframe]

    def rows_within(self, since, until):
        """Rows of the bars that close after `since`, up to and including `until`."""
        bounds = np.array([since, until], dtype=np.int64) - self.duration + 1
        first, end = np.searchsorted(self.time, bounds)
        return int(first), max(int(first), int(end))

    def within(self, since, until):
        """Bars that open at `since` or later and have closed by `until`."""
        first = np.searchsorted(self.time, since)
        end = self.rows_within(since, until)[1]
        cut = {f.name: getattr(self, f.name)[first:end] for f in fields(self) if f.name != "timeframe"}
        return Candles(self.timeframe, **cut)


def read_candles(path, timeframe):
    """Seven columns of float64, one after the other: opening time, then COLUMNS."""
    columns = np.fromfile(path).reshape(1 + len(COLUMNS), -1)
    return Candles(timeframe, columns[0].astype(np.int64), *columns[1:])


def resample(candles, timeframe, days: TradingDays):
    """Bins counted from the start of the trading day; a last one that is not complete is left out."""
    if timeframe == candles.timeframe:
        return candles
    step = MILLISECONDS[timeframe]
    moment = candles.time + candles.duration - 1
    if candles.timeframe != "H1":
        closed = weekday(days.of(moment)) > 4
        moment = np.where(closed, candles.time, moment)
    day_start = days.start(days.of(moment))
    starts = day_start + (moment - day_start) // step * step
    first = np.flatnonzero(np.diff(starts, prepend=starts[0] - 1))
    last = np.append(first[1:], len(starts)) - 1
    spread = np.where(np.isnan(candles.spread), -1, np.arange(len(starts)))
    newest = np.maximum.reduceat(spread, first)
    bins = Candles(
        timeframe,
        starts[first],
        candles.open[first],
        np.maximum.reduceat(candles.high, first),
        np.minimum.reduceat(candles.low, first),
        candles.close[last],
        np.add.reduceat(candles.volume, first),
        np.where(newest < 0, np.nan, candles.spread[newest]),
    )
    end = candles.time[-1] + candles.duration
    bin_end = min(bins.time[-1] + step, int(days.start(days.of(bins.time[-1]) + 1)))
    complete = end >= bin_end or weekday(days.of(end)) > 4
    return bins if complete else Candles(timeframe, *(getattr(bins, f.name)[:-1] for f in fields(bins)[1:]))
