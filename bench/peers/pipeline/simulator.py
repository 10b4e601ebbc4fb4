"""Backtests: signals of every threshold, traded once on all bars and once alone in each regime."""

import numpy as np
from numba import njit

from .metrics import METRICS, write_metrics

ALONE = 4


@njit(cache=True)
def simulate(signal, long, short, cost, horizon, first, end, net, trades):
    """
    Net log return of each bar of the window and, per trade, its entry, exit and result; returns the number of trades. A
    position is left after `horizon` bars or turned round by a signal the other way.
    """
    last_entry = end - 1 - horizon
    position = 0
    exit_at = -1
    result = 0.0
    count = 0
    for i in range(first, end):
        wanted = signal[i - 1] if i > first else 0
        if position != 0 and (i == exit_at or wanted == -position):
            net[i - 1] -= cost[i]
            trades[count, 1] = i
            trades[count, 2] = result - cost[i]
            count += 1
            position = 0
        gain = 0.0
        if position == 0 and wanted != 0 and i <= last_entry:
            position = wanted
            exit_at = i + horizon
            trades[count, 0] = i
            result = 0.0
            gain = -cost[i]
        if position != 0:
            gain += long[i] if position > 0 else short[i]
            result += gain
        net[i] = gain
    return count


@njit(cache=True)
def backtest(p, confidence, thresholds, round_trip, regime, long, short, cost, stake, horizon, windows, yearly, out):
    """Writes METRICS of [threshold, window, all bars or regime]."""
    count = len(p)
    net = np.empty(count)
    trades = np.empty((count, 3))
    signal = np.zeros(count, dtype=np.int8)
    alone = np.zeros(count, dtype=np.int8)
    for i in range(len(thresholds)):
        for t in range(count):
            signal[t] = 0
            if confidence[t] >= thresholds[i]:
                signal[t] = 1 if p[t] > round_trip[t] else (-1 if p[t] < -round_trip[t] else 0)
        for w in range(len(windows)):
            first, end = windows[w]
            for segment in range(ALONE + 1):
                traded = signal
                if segment > 0:
                    traded = alone
                    for t in range(first, end - 1):
                        alone[t] = signal[t] if regime[t] == segment - 1 else 0
                n = simulate(traded, long, short, cost, horizon, first, end, net, trades)
                write_metrics(net[first:end], trades[:n], stake, yearly[w], out[i, w, segment])


def new_results(strategies, windows):
    return np.empty((strategies, windows, ALONE + 1, len(METRICS)))
