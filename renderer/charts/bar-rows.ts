import type { Verdict } from '../../engine/contract/verdict.ts';
import { DASH } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { valueTicks } from './scale.ts';
import { texts } from './texts.ts';

/** How much a figure weighs: above what luck alone reaches, not above it, or of too few trades to say. */
export type Weight = 'above' | 'within' | 'few';

export interface BarFigure {
  /** Null where it is not defined. */
  readonly value: number | null;
  /** Its standard error; null where the figure has none. */
  readonly error: number | null;
  /** As it is written, error included. */
  readonly text: string;
  /** From fewer trades than a champion needs. */
  readonly few: boolean;
}

/** One regime: figures of its champion, or none without one. */
export interface RegimeBar {
  readonly regime: string;
  readonly champion: {
    /** `Random forest EURUSD H1`. */
    readonly label: string;
    /** `EURUSD H1`. */
    readonly market: string;
    readonly weight: Weight;
    /** It is drawn in the color of it. */
    readonly verdict: Verdict;
    readonly selection: BarFigure;
    /** Null until the look at it is spent. */
    readonly holdout: BarFigure | null;
    /** Of the validation that its verdict rests on; null: not validated. */
    readonly outOfSample: BarFigure | null;
    /** What luck alone is expected to reach, where the chart shows it. */
    readonly luck?: number | undefined;
  } | null;
}

/** In place of a figure of a holdout whose look is not spent. */
export const HIDDEN = common.hidden;

export const NO_MODEL = texts.noModel;

/** What one line of the chart is drawn from. Missing bars have no length, missing whiskers are null. */
export interface BarRow {
  readonly bar: RegimeBar;
  readonly regime: string;
  /** Below the regime's name. */
  readonly market: string;
  readonly selection: number;
  readonly selectionError: number | null;
  readonly holdout: number;
  readonly holdoutError: number | null;
  /** What stands beside the bars. */
  readonly selectionText: string;
  readonly holdoutText: string;
}

export function barRows(bars: readonly RegimeBar[]): BarRow[] {
  return bars.map((bar) => {
    const { regime, champion } = bar;
    return {
      bar,
      regime,
      market: champion?.market ?? '',
      selection: champion?.selection.value ?? 0,
      selectionError: champion?.selection.error ?? null,
      holdout: champion?.holdout?.value ?? 0,
      holdoutError: champion?.holdout?.error ?? null,
      selectionText: champion?.selection.text ?? NO_MODEL,
      holdoutText: champion?.holdout?.text ?? '',
    };
  });
}

/** Round ticks around zero, all bars, the ends of their whiskers and the marks of luck. */
export function barTicks(rows: readonly BarRow[]): number[] {
  const ends = rows.flatMap(({ bar, selection, selectionError, holdout, holdoutError }) => [
    selection - (selectionError ?? 0),
    selection + (selectionError ?? 0),
    holdout - (holdoutError ?? 0),
    holdout + (holdoutError ?? 0),
    bar.champion?.luck ?? 0,
    ...endsOf(bar.champion?.outOfSample ?? null),
  ]);
  return valueTicks([0, ...ends], 5);
}

/** A figure, and the ends of its whiskers; none where it is not defined. */
export function endsOf(figure: Pick<BarFigure, 'value' | 'error'> | null): number[] {
  if (figure === null || figure.value === null) return [];
  const error = figure.error ?? 0;
  return [figure.value - error, figure.value, figure.value + error];
}

/** Whether any champion was validated. */
export function hasOutOfSample(bars: readonly RegimeBar[]): boolean {
  return bars.some(({ champion }) => champion !== null && champion.outOfSample !== null);
}

/** The chart as a table: one row per regime. `format` writes the figure of luck. */
export function barTable(bars: readonly RegimeBar[], format: (value: number) => string) {
  const withLuck = bars.some(({ champion }) => champion?.luck !== undefined);
  const isTested = hasOutOfSample(bars);
  const luck = ({ champion }: RegimeBar) => (champion?.luck === undefined ? DASH : format(champion.luck));
  return {
    columns: [
      common.regime,
      common.model,
      common.selection,
      ...(isTested ? [common.outOfSample] : []),
      common.holdout,
      ...(withLuck ? [texts.bestByLuck] : []),
    ],
    rows: bars.map((bar) => [
      bar.regime,
      bar.champion?.label ?? NO_MODEL,
      written(bar.champion?.selection),
      ...(isTested ? [written(bar.champion?.outOfSample ?? undefined)] : []),
      bar.champion?.holdout === null ? HIDDEN : written(bar.champion?.holdout),
      ...(withLuck ? [luck(bar)] : []),
    ]),
  };
}

/** The chart in words, for who does not see it. */
export function barSummary(bars: readonly RegimeBar[]): string {
  return bars
    .map(({ regime, champion }) =>
      champion === null
        ? `${regime}: ${NO_MODEL}`
        : texts.regimeMarket({
            regime,
            market: champion.market,
            selection: written(champion.selection),
            outOfSample: champion.outOfSample === null ? null : written(champion.outOfSample),
            holdout: champion.holdout === null ? texts.hidden : written(champion.holdout),
          }),
    )
    .join('; ');
}

/** Too few trades are said in words, too: gray alone would be lost on some. */
export function written(figure: BarFigure | undefined): string {
  if (figure === undefined) return DASH;
  return figure.few ? texts.fewTrades({ figure: figure.text }) : figure.text;
}
