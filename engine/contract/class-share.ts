import { counted, grouped } from './counted.ts';
import type { ClassShareDto } from './dto/queues.ts';
import { readTarget } from './target-names.ts';

/** `EURUSD H1, barrier 2:1 LONG, 12 bars: 31 % of 2,810 rows reach the take-profit` */
export function shareOfClass(share: ClassShareDto): string {
  const { symbol, timeframe, target, side, horizon, rows, positives } = share;
  const model = side === 'both' ? target : `${target} ${side.toUpperCase()}`;
  const does = readTarget(target)?.name === 'barrier' ? 'reach the take-profit' : 'rise';
  return `${symbol} ${timeframe}, ${model}, ${counted(horizon, 'bar')}: ${percent(rows === 0 ? 0 : positives / rows)} of ${grouped(rows)} rows ${does}`;
}

/** What always saying the larger class would get. */
export function baseRateOf({ rows, positives }: Pick<ClassShareDto, 'rows' | 'positives'>): number {
  return rows === 0 ? 0 : Math.max(positives, rows - positives) / rows;
}

/** A share below half a percent is no 0 %, and all but a few are no 100 %. */
function percent(share: number): string {
  const digits = share > 0 && share < 1 && (share < 0.005 || share > 0.995) ? 2 : 0;
  return `${(100 * share).toFixed(digits)} %`;
}
