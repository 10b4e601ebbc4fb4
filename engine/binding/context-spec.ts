import type { Configuration } from '../contract/configuration.ts';
import { TIMEFRAME_MINUTES, TIMEFRAMES, type Timeframe } from '../contract/timeframe.ts';
import { digestOf } from '../identity/digest.ts';
import type { SeriesRef } from '../market/series/candle-source.ts';
import type { StoredView } from '../market/series/views.ts';
import type { ContextSpec } from '../pipeline/job.ts';
import { evaluationEnd } from '../pipeline/windows.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import { type Basis, viewDigests, windowsOf } from './basis.ts';
import { strategyAxes } from './settings.ts';

/** What is to be trained or was: a configuration, and what it rests on. */
export interface BoundCell {
  readonly configuration: Configuration;
  readonly basis: Basis;
}

/** Names the series that has one of a cell's views, as it is stored now; the view itself is left to the caller. */
export type SeriesNames = (timeframe: Timeframe, view: StoredView) => SeriesRef;

/**
 * What a worker needs for a cell and those that share its context: everything from its basis, candles by digest, whether
 * the cell is about to be trained or was trained long ago. `regimes` are the definitions whose digest the basis has.
 */
export function contextSpecOf(
  { configuration, basis }: BoundCell,
  regimes: readonly RegimeDefinition[],
  nameOf: SeriesNames,
): ContextSpec {
  const { timeframe, encoder, indicatorTimeframes } = configuration;
  const { evaluation } = windowsOf(basis);
  const to = evaluationEnd(evaluation);
  const seen = (of: Timeframe, view: StoredView): SeriesRef => ({
    ...nameOf(of, view),
    view: { from: Date.parse(view.first), to },
  });
  return {
    series: seen(timeframe, basis.candles),
    higher: higherViews(basis).map(([higher, view]) => seen(higher, view)),
    dataDigest: basis.candles.digest,
    evaluation,
    encoder,
    indicatorTimeframes,
    settings: {
      members: basis.training.members,
      seed: basis.training.seed,
      ...classSettingsOf(basis),
      strategies: strategyAxes(basis),
      regimes: regimes.filter((regime) => regime.active),
      costs: basis.costs,
    },
  };
}

function classSettingsOf({ training }: Basis): Pick<ContextSpec['settings'], 'classes'> {
  const { calibration, class_weight: classWeight } = training;
  if (calibration === undefined && classWeight === undefined) return {};
  return { classes: { ...(calibration && { calibration }), ...(classWeight && { classWeight }) } };
}

/** Equal for cells that share a context: those that differ in model, horizon and training window alone. */
export function contextKey({ configuration, basis }: BoundCell): string {
  const { encoder, indicatorTimeframes } = configuration;
  const { windows, candles, higher_timeframes, training, costs, inference_grid, regimes } = basis;
  const { start, evaluated } = windows;
  const higher = viewDigests(higher_timeframes);
  return digestOf({
    candles: candles.digest,
    higher,
    start,
    evaluated,
    encoder,
    indicatorTimeframes,
    training,
    costs,
    inference_grid,
    regimes,
  });
}

/** Views of the higher timeframes, from short to long. */
export function higherViews(basis: Basis): [Timeframe, StoredView][] {
  return TIMEFRAMES.flatMap((timeframe): [Timeframe, StoredView][] => {
    const view = basis.higher_timeframes[timeframe];
    return view === undefined ? [] : [[timeframe, view]];
  });
}

/** Timeframes above the configuration's own that its indicators use, ascending. */
export function higherTimeframes({
  timeframe,
  indicatorTimeframes,
}: Pick<Configuration, 'timeframe' | 'indicatorTimeframes'>): Timeframe[] {
  const used = new Set(Object.values(indicatorTimeframes).flat());
  return TIMEFRAMES.filter((t) => used.has(t) && TIMEFRAME_MINUTES[t] > TIMEFRAME_MINUTES[timeframe]);
}
