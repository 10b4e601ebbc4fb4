import { EngineError } from '../../contract/errors.ts';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import { statOf } from '../../files/stat-of.ts';
import { marketKind } from '../instruments/kind.ts';
import type { BarColumns } from '../reading/sort-bars.ts';
import { weekClose } from '../time/trading-week.ts';

export interface FinishedBars {
  readonly bars: BarColumns;
  readonly notes: readonly string[];
}

/**
 * Bars without the newest one where the file was written before that one ended: what a platform exports while a market is open ends with a bar
 * whose close is not known yet. A file that was copied since may be younger than its content: then nothing is left out.
 *
 * @param bars of a file, times in UTC
 * @throws EngineError `data-invalid` where that one is all
 */
export function finishedBars(
  path: string,
  bars: BarColumns,
  { symbol, timeframe }: { readonly symbol: string; readonly timeframe: Timeframe },
): FinishedBars {
  const last = bars.length - 1;
  const opened = bars.time[last];
  const written = writtenAt(path);
  if (opened === undefined || written === undefined) return { bars, notes: [] };
  const ends = opened + timeframeMs(timeframe);
  // A week is over on Friday, and exported on Saturday; that of a coin is not.
  const closes =
    timeframe === 'W1' && marketKind(symbol) !== 'crypto' ? weekClose(ends, 'currency-week') : ends;
  if (written < opened || written >= closes) return { bars, notes: [] };
  if (last === 0) {
    throw new EngineError(
      'data-invalid',
      `${path} holds one bar, ${minute(opened)}, and was written at ${minute(written)} UTC, before that bar closed.`,
      { file: path },
    );
  }
  const cut = (column: Float64Array) => column.subarray(0, last);
  return {
    bars: {
      length: last,
      time: cut(bars.time),
      open: cut(bars.open),
      high: cut(bars.high),
      low: cut(bars.low),
      close: cut(bars.close),
      volume: cut(bars.volume),
      spread: cut(bars.spread),
    },
    notes: [
      `The newest bar, ${minute(opened)}, was left out: the file was written at ${minute(written)} UTC, before that bar closed.`,
    ],
  };
}

function writtenAt(path: string): number | undefined {
  return statOf(path)?.mtimeMs;
}

function minute(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
