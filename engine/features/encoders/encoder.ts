import type { EncoderName } from '../../contract/words.ts';
import type { OutputKind } from '../indicators/indicator.ts';
import type { Rolling } from '../rolling.ts';
import type { BarColumns } from './bar-columns.ts';
import type { FormulaName } from './formulas.ts';

/** One column that an encoder turns into a feature, over the bars of its own timeframe. */
export interface SourceColumn {
  readonly name: string;
  readonly kind: OutputKind;
  /** NaN before index `warmup`. */
  readonly values: Float64Array;
  readonly warmup: number;
  /** The column at every lane's newest bar: an array that keeps its identity. */
  newest(rolling: Rolling): Float64Array;
}

/** One column of a feature matrix. */
export interface Feature {
  readonly name: string;
  /** One value per bar: NaN up to some bar, finite from there on. */
  readonly values: Float64Array;
  rollout(rolling: Rolling): FeatureLanes;
}

/** A feature at every lane's newest bar. */
export interface FeatureLanes {
  /** One value per lane; the array keeps its identity. */
  readonly values: Float64Array;
  /** Whether `advance` changes nothing. */
  readonly held?: true;
  /** Back to every lane's own bar: whatever `advance` reads before it writes it. */
  reset(): void;
  /** Called for step 1, 2, ... once bars and source columns are there; does nothing but loops. Allocates nothing. */
  advance(step: number): void;
}

/** How indicators become features. An encoder knows outputs by their kind only, never by name. */
export interface Encoder {
  readonly name: EncoderName;
  /** Bars before its own over which a feature needs the indicator that it is made from. */
  lookback(kind: OutputKind): number;
  /** Bars before its own that a feature of the bars themselves looks back over. */
  readonly barLookback: number;
  /** What makes a feature of a column. */
  readonly formulas: Readonly<Record<OutputKind, FormulaName>>;
  /** Before the names of columns. */
  readonly prefix: string;
  /** Columns of the bars themselves, by the same formulas. */
  readonly barColumns: readonly (keyof BarColumns)[];
  /** Whether changes of the close over several bars, and when a bar opens, are features. */
  readonly hasTime: boolean;
  /** Whether a price of a higher timeframe is held against the newest close; else everything there goes by its own bars. */
  readonly comparesHigherLevels: boolean;
}
