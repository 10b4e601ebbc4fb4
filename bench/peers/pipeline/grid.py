"""A whole grid: features once per series, configurations over two processes, results and champions' models to disk."""

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

import joblib
import numpy as np

from . import forecasts as forecast
from .calendar import DAY, TradingDays
from .candles import HIGHER, Candles, read_candles, resample
from .champions import Champions, examine
from .combination import combine
from .confidence import calm, confidence
from .costs import Market, bars_per_year, market, volatility_of
from .features import Features, build_features
from .models import Member, training_metrics
from .regimes import label_bars
from .rollout import Rollout
from .simulator import backtest, new_results
from .windows import HOLDOUT_DAYS, SELECTION_DAYS, member_splits, return_labels, training_rows, view_start

METHODS = ("direct", "direct_multi", "recursive")
COMBINATIONS = ("mean", "weighted", "stacking")
LOOKBACKS = (50, 100, 200)
THRESHOLDS = np.array([0, 0.3, 0.5, 0.7, 0.9])


@dataclass(frozen=True)
class Context:
    """What all configurations of a series and an encoder share."""

    candles: Candles
    features: Features
    selection: int
    first: int
    end: int
    windows: np.ndarray
    yearly: np.ndarray
    market: Market
    regime: np.ndarray
    calm: dict
    rollout: Rollout


def prepare(series, timeframe, days, as_of, most_days, costs):
    holdout = as_of - HOLDOUT_DAYS * DAY
    selection = holdout - SELECTION_DAYS * DAY
    base = resample(series, timeframe, days)
    higher = HIGHER[timeframe] and resample(series, HIGHER[timeframe], days)
    since = view_start(base, higher, selection, most_days)
    base = base.within(since, as_of)
    higher = higher and higher.within(since, as_of)
    features = build_features(base, higher)
    first, end = base.rows_within(selection, as_of)
    windows = np.array([base.rows_within(selection, holdout), base.rows_within(holdout, as_of)]) - first
    volatility = volatility_of(base, first, end)
    return Context(
        base,
        features,
        selection,
        first,
        end,
        windows,
        np.array([bars_per_year(base.time, holdout), bars_per_year(base.time, as_of)]),
        market(base, days, costs, first, end),
        label_bars(base, first, end),
        {lookback: calm(volatility, lookback) for lookback in LOOKBACKS},
        Rollout(base, features, first, end - first),
    )


@lru_cache(maxsize=16)
def load(path):
    return joblib.load(path, mmap_mode="r")


@lru_cache(maxsize=64)
def labels_of(path, horizon):
    return return_labels(load(path).candles, horizon)


def evaluate(context, members, labels, horizon):
    """METRICS of [strategy, window, all bars or regime]."""
    span = slice(context.first, context.end)
    m = context.market
    outcomes = labels[span]
    made = {"direct": forecast.direct(members, context.features.matrix[span])}
    made["direct_multi"] = forecast.direct_multi(made["direct"], horizon)
    made["recursive"] = forecast.recursive(members, made["direct"], context.rollout, horizon)
    results = new_results(len(METHODS) * len(COMBINATIONS) * len(LOOKBACKS) * len(THRESHOLDS), len(context.windows))
    at = 0
    for method, combination, lookback in product(METHODS, COMBINATIONS, LOOKBACKS):
        p = combine(combination, made[method], outcomes, horizon, lookback)
        trusted = confidence(p, made[method], context.calm[lookback], lookback)
        out = results[at : at + len(THRESHOLDS)]
        at += len(THRESHOLDS)
        backtest(
            p, trusted, THRESHOLDS, m.round_trip, context.regime, m.long, m.short, m.cost_per_side, m.stake,
            horizon, context.windows, context.yearly, out,
        )  # fmt: skip
    return results, made


def train(index, path, model, days, horizon, seed, folder, keep_forecasts=False):
    """One configuration. Its models are written where a strategy of it may become champion."""
    context = load(path)
    labels = labels_of(path, horizon)
    x = context.features.matrix
    splits = list(member_splits(*training_rows(context.candles, context.selection, days, horizon), horizon))
    members = [Member(model, seed + k, x[rows], labels[rows]) for k, (rows, _) in enumerate(splits)]
    results, made = evaluate(context, members, labels, horizon)
    best = examine(results)
    if any(best):
        joblib.dump(members, Path(folder, f"{index}.joblib"))
    return {
        "index": index,
        "results": results,
        "best": best,
        "metrics": training_metrics(members, x, labels, splits),
        "importance": np.mean([member.importance() for member in members], axis=0),
        "forecasts": made if keep_forecasts else None,
    }


def run(spec):
    folder = Path(spec["folder"])
    cells = []
    for symbol in spec["symbols"]:
        series = read_candles(symbol["file"], "H1")
        days = TradingDays(series.time[0], series.time[-1])
        as_of = days.week_close(series.time[-1] + series.duration)
        for timeframe in spec["timeframes"]:
            path = str(folder / f"{symbol['name']}-{timeframe}-normalized.joblib")
            joblib.dump(prepare(series, timeframe, days, as_of, max(spec["days_history"]), symbol["costs"]), path)
            for history, horizon, model in product(spec["days_history"], spec["horizons"], spec["model_types"]):
                cells.append((symbol["name"], timeframe, path, model, history, horizon))

    keep = spec.get("forecasts", False)
    tasks = (
        joblib.delayed(train)(i, path, model, history, horizon, spec["seed"], str(folder), keep)
        for i, (_, _, path, model, history, horizon) in enumerate(cells)
    )
    champions = Champions()
    figures, importance, metrics = [], [], []
    kept = set()
    processes = min(spec["processes"], len(cells))
    for done in joblib.Parallel(n_jobs=processes, return_as="generator", batch_size=1)(tasks):
        index = done["index"]
        symbol, timeframe, *_ = cells[index]
        champions.decide(index, symbol, timeframe, done["best"])
        figures.append(done["results"])
        importance.append(done["importance"])
        metrics.append(done["metrics"])
        if any(done["best"]):
            kept.add(index)
        for loser in kept - champions.runs():
            (folder / f"{loser}.joblib").unlink()
        kept &= champions.runs()
        if keep:
            np.concatenate([done["forecasts"][method] for method in METHODS]).tofile(folder / f"{index}.forecasts")
    np.stack(figures).tofile(folder / "figures.f64")
    np.savez(folder / "importance.npz", *importance)
    places = [
        {"symbol": symbol, "timeframe": timeframe, "regime": regime, **holder}
        for (symbol, timeframe, regime), holder in champions.places.items()
    ]
    answer = {"configurations": len(cells), "champions": places, "metrics": metrics}
    (folder / "answer.json").write_text(json.dumps(answer))
