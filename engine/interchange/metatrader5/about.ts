import type { Timeframe } from '../../contract/timeframe.ts';

/** What is to be said of a model that leaves as a bundle, beside what its file says. */
export interface BundleAbout {
  /** `EURUSD H1 bull_trending`, `EURUSD H1` over all regimes, or a champion's place. */
  readonly name: string;
  readonly kind: 'version' | 'champion';
  readonly version: string | null;
  /** The regime that it trades alone in; null: all. */
  readonly regime: string | null;
  readonly title: string;
  readonly verdict: string | null;
  readonly verdictReason: string | null;
  /** Figures by name, of the selection window that it was chosen on. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** What the gate said, line by line; empty where none was asked. */
  readonly gate: readonly string[];
  readonly trainedFrom: string;
  readonly trainedTo: string;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
  /** Opening time of the first bar that is predicted, ms UTC. */
  readonly spanStart: number;
}

/** Names that files, folders and inputs of a bundle are made of. */
export interface BundleNames {
  /** `EURUSD_H1_bull_trending` */
  readonly id: string;
  /** Below 2^31. */
  readonly magic: number;
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** Folders of a terminal take longer names than a resource's path may have. */
const MOST_ID = 40;

export function bundleNames(
  symbol: string,
  timeframe: Timeframe,
  regime: string | null,
  configHash: string,
): BundleNames {
  const clean = [symbol, timeframe, regime ?? 'all'].join('_').replaceAll(/[^A-Za-z0-9_]/g, '_');
  return {
    id: clean.slice(0, MOST_ID),
    magic: (Number.parseInt(configHash.slice(0, 7), 16) || 1) + 100_000,
    symbol,
    timeframe,
  };
}
