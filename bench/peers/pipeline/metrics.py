"""Figures of one simulation; see docs/definitions.md, "Metrics"."""

import math

import numpy as np
from numba import njit

METRICS = (
    "sharpe",
    "sharpeError",
    "sortino",
    "maxDrawdown",
    "calmar",
    "winRate",
    "profitFactor",
    "expectancy",
    "totalReturn",
    "trades",
    "exposure",
    "longestLosingStreak",
    "composite",
    "roi",
    "averageWin",
    "averageLoss",
    "kelly",
    "kellyError",
    "scoreResult",
    "scoreStake",
    "scoreProfit",
    "scoreWins",
    "scoreRunUp",
)
SHARPE = METRICS.index("sharpe")
TRADES = METRICS.index("trades")
KELLY_TRADES = 30


@njit(cache=True)
def _ratio(a, b):
    return a / b if b > 0 else np.nan


@njit(cache=True)
def _squash(x):
    return 0.5 + 0.5 * x / (1 + abs(x))


@njit(cache=True)
def write_metrics(net, trades, stake, yearly, out):
    """`net` per bar of the window; trades as entry, exit and result; stake per bar of the span."""
    n = len(trades)
    out[:] = np.nan
    out[9] = n
    if n == 0:
        return
    bars = len(net)
    total = 0.0
    squares = 0.0
    loss_squares = 0.0
    peak = 0.0
    drawdown = 0.0
    for r in net:
        total += r
        squares += r * r
        if r < 0:
            loss_squares += r * r
        peak = max(peak, total)
        drawdown = max(drawdown, peak - total)

    wins = 0
    gains = 0.0
    losses = 0.0
    result = 0.0
    result_squares = 0.0
    per_stake = 0.0
    per_stake_squares = 0.0
    staked = 0.0
    held = 0.0
    streak = 0
    longest = 0
    highest = 0.0
    lowest = 0.0
    run_up = 0.0
    fall = 0.0
    for k in range(n):
        y = trades[k, 2]
        if y > 0:
            wins += 1
            gains += y
            streak = 0
        else:
            losses -= y
            streak += 1
            longest = max(longest, streak)
        result += y
        result_squares += y * y
        highest = max(highest, result)
        lowest = min(lowest, result)
        run_up = max(run_up, result - lowest)
        fall = max(fall, highest - result)
        entry = int(trades[k, 0])
        held += trades[k, 1] - trades[k, 0]
        z = y / stake[entry]
        staked += stake[entry]
        per_stake += z
        per_stake_squares += z * z

    mean = total / bars
    variance = (squares - total * total / bars) / (bars - 1)
    deviation = math.sqrt(variance) if variance > 1e-12 * squares / bars else np.nan
    annual = math.sqrt(yearly)
    of_length = annual / math.sqrt(bars)
    of_trades = 0.0 if result == 0 else annual * math.sqrt(result_squares) / (bars * deviation)
    worst = -math.expm1(-drawdown)
    out[0] = mean / deviation * annual
    out[1] = np.nan if np.isnan(deviation) else max(of_length, of_trades)
    out[2] = _ratio(mean * annual, math.sqrt(loss_squares / bars))
    out[3] = worst
    out[4] = _ratio(math.expm1(mean * yearly), worst)
    out[5] = wins / n
    out[6] = _ratio(gains, losses)
    out[7] = result / n
    out[8] = math.expm1(total)
    out[10] = held / bars
    out[11] = longest
    out[13] = _ratio(result, staked)
    out[14] = _ratio(gains, wins)
    out[15] = _ratio(losses, n - wins)
    if n >= KELLY_TRADES:
        out[16] = _ratio(per_stake, per_stake_squares)
        out[17] = _ratio(1.0, math.sqrt(per_stake_squares))
    if result_squares == 0:
        out[18:23] = 0.5
    else:
        loss = losses / (n - wins) if wins < n else 0.0
        even = loss / (gains / wins + loss) if wins > 0 else 1.0
        size = (gains + losses) / n
        out[18] = _squash(result / math.sqrt(result_squares))
        out[19] = _squash(per_stake / math.sqrt(per_stake_squares))
        out[20] = _squash(math.sqrt(n) / 2 * math.log((gains + size) / (losses + size)))
        out[21] = _squash((wins / n - even) / math.sqrt(0.25 / n))
        out[22] = _squash(2 * math.log((run_up + size) / (fall + size)))
    out[12] = out[18:23].mean()
