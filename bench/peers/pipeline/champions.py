"""The best strategy of every run per regime, and the champions among them."""

import numpy as np

from .metrics import SHARPE, TRADES
from .regimes import NAMES

MIN_TRADES = 10
MIN_IMPROVEMENT = 0.01


def examine(results):
    """Per regime, strategy and score of the best in the selection window; None where none is eligible."""
    best = []
    for regime in range(len(NAMES)):
        figures = results[:, 0, 1 + regime]
        score = np.where(figures[:, TRADES] >= MIN_TRADES, figures[:, SHARPE], np.nan)
        if np.all(np.isnan(score)) or np.nanmax(score) <= 0:
            best.append(None)
        else:
            strategy = int(np.nanargmax(score))
            best.append((strategy, float(score[strategy]), int(figures[strategy, TRADES])))
    return best


class Champions:
    """One per symbol, timeframe and regime; a contender must be better by one percent."""

    def __init__(self):
        self.places = {}

    def decide(self, run, symbol, timeframe, best):
        for regime, candidate in zip(NAMES, best):
            if candidate is None:
                continue
            strategy, score, trades = candidate
            place = (symbol, timeframe, regime)
            holder = self.places.get(place)
            if holder is None or (
                score > holder["score"] and score - holder["score"] >= MIN_IMPROVEMENT * abs(holder["score"])
            ):
                self.places[place] = {"run": run, "strategy": strategy, "score": score, "trades": trades}

    def runs(self):
        return {holder["run"] for holder in self.places.values()}
