import type { AxisKey } from '../axes.ts';

export interface CompareSubjectDto {
  readonly kind: 'run' | 'champion' | 'version';
  /** As it was asked for. */
  readonly reference: string;
  /** `Run 12`, `EURUSD/H1/bull_trending`, `EURUSD H1 all 20261128_143022`. */
  readonly title: string;
  /** Number of the run that it is, or was made of; null where that is gone. */
  readonly run: number | null;
  /** The regime that it trades alone; null: all. */
  readonly regime: string | null;
  /** Which of the run's strategies it is, by its index; null where the run is gone, or has none. */
  readonly strategyIndex: number | null;
  /** Why there is no curve of it; null where there is one, or none was asked for. */
  readonly missing: string | null;
}

export type CompareGroup =
  | 'Configuration'
  | 'Strategy'
  | 'Figures'
  | 'Evidence'
  | 'Training'
  | 'Sharpe per regime';

export interface CompareRowDto {
  readonly group: CompareGroup;
  /** Of an axis, a figure or a regime, by which its values are written; a hyper-parameter's name. */
  readonly key: AxisKey | string;
  readonly title: string;
  /** One of each subject; null where it has none. */
  readonly values: readonly (string | number | boolean | null)[];
  /** Standard errors of values that never stand without. */
  readonly errors?: readonly (number | null)[];
  readonly differs: boolean;
  /** Positions of the best; empty where nothing is better, or all are alike. The best of a few may be luck. */
  readonly best: readonly number[];
}

export interface CompareDto {
  readonly subjects: readonly CompareSubjectDto[];
  readonly rows: readonly CompareRowDto[];
  /** Equity at the end of days (UTC) of the selection windows, each beginning with 1; null outside its own. */
  readonly curve: {
    /** ISO dates. */
    readonly days: readonly string[];
    readonly equity: readonly (readonly (number | null)[])[];
  };
}
