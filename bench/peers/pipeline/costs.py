"""What trading costs, bar by bar, as log returns."""

from dataclasses import dataclass

import numpy as np

from .indicators import true_range
from .kernels import wilder


@dataclass(frozen=True)
class Market:
    """Of being long or short from one open to the next, and of one fill at the open."""

    long: np.ndarray
    short: np.ndarray
    cost_per_side: np.ndarray
    stake: np.ndarray
    # As known at the close, for the decision.
    round_trip: np.ndarray


def market(candles, days, costs, first, end):
    c = candles
    rows = np.arange(first, end)
    pip = costs["pip"]
    spread = np.where(c.spread > 0, c.spread, costs["spread_pips"] * pip)
    slippage = costs["slippage_pips"] * pip
    commission = costs["commission_per_side"]
    fill = np.maximum(spread[rows], spread[rows - 1]) / 2 + slippage
    following = np.minimum(rows + 1, len(c) - 1)
    nights = days.nights(c.time[rows], c.time[following])
    change = np.log(c.open[following] / c.open[rows])
    atr = wilder(true_range(c), 14, 0)
    return Market(
        change - nights * costs["swap_long_pips"] * pip / c.open[rows],
        -change - nights * costs["swap_short_pips"] * pip / c.open[rows],
        fill / c.open[rows] + commission,
        atr[rows - 1] / c.close[rows - 1],
        (spread[rows] + 2 * slippage) / c.close[rows] + 2 * commission,
    )


def volatility_of(candles, first, end):
    """Population standard deviation of the last 20 log returns."""
    returns = np.diff(np.log(candles.close[first - 20 : end]))
    return np.lib.stride_tricks.sliding_window_view(returns, 20).std(axis=1)


def bars_per_year(time, end):
    year = 365 * 86_400_000
    before = np.searchsorted(time, end)
    if time[0] <= end - year:
        return float(before - np.searchsorted(time, end - year))
    return before * year / (end - time[0])
