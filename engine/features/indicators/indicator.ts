import type { IndicatorName } from '../../contract/words.ts';
import type { Candles } from '../../market/candles.ts';
import type { Bars, Operations } from '../operations/operations.ts';
import type { Rolling, SourceColumns, SourceLanes } from '../rolling.ts';

/**
 * What an output measures, which is all that encoders know about it:
 * - `level`: a price;
 * - `difference`: a distance between prices, in price units;
 * - `oscillator`: 0 to 100, neutral at 50;
 * - `ratio`: without unit, neutral at 0;
 * - `volume`: traded volume of a bar;
 * - `cumulative_volume`: a running total of volume, so its zero is arbitrary.
 */
export type OutputKind = 'level' | 'difference' | 'oscillator' | 'ratio' | 'volume' | 'cumulative_volume';

export interface IndicatorOutput {
  /** Unique among all indicators; carries the period: `rsi_14`. */
  readonly name: string;
  readonly kind: OutputKind;
}

/** The outputs, in their order, and the columns that lanes go on from. */
export type Made<C, Column extends string> = { readonly outputs: readonly C[] } & Readonly<Record<Column, C>>;

/** An indicator with its standard parameters: a file of its own, a line in the catalog, and the contract test. */
export interface IndicatorDefinition<Column extends string = string> {
  readonly name: IndicatorName;
  readonly outputs: readonly IndicatorOutput[];
  /** Index of the first bar on which every output has a value. */
  readonly warmup: number;
  /**
   * Index of the first bar on which the outputs have forgotten where the series began, to 1e-9 of their usual size
   * (a cumulative volume up to a constant).
   */
  readonly settled: number;
  /** By what operations it is made of bars. One column per output: NaN before `warmup`, finite from there on. */
  define<C>(op: Operations<C>, bars: Bars<C>): Made<C, Column>;
  /** Carries the outputs into synthetic bars; see `SourceColumns`. */
  lanes(made: Made<Float64Array, Column>, candles: Candles, rolling: Rolling): SourceLanes;
}

export interface Indicator extends Pick<IndicatorDefinition, 'name' | 'outputs' | 'warmup' | 'settled'> {
  define<C>(op: Operations<C>, bars: Bars<C>): { readonly outputs: readonly C[] };
  compute(candles: Candles): SourceColumns;
}

/** Blanks the values before `warmup`, where an output would still be provisional. */
export function blankBefore(warmup: number, ...outputs: readonly Float64Array[]): void {
  for (const output of outputs) output.fill(NaN, 0, warmup);
}

export function isVolume(kind: OutputKind): boolean {
  return kind === 'volume' || kind === 'cumulative_volume';
}
