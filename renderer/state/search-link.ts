import { readTimeframe, type Timeframe } from '../../engine/contract/timeframe.ts';
import { formatHash } from './ui.ts';

/** What the form of searches opens with. */
export type SearchTarget =
  | { readonly kind: 'market'; readonly symbol: string; readonly timeframe: Timeframe }
  /** The axes of a job's grid. */
  | { readonly kind: 'grid'; readonly queueId: number };

/** Address of the form with something to search for in it: `#/queue?search=EURUSD/H1`; without, of the empty form. */
export function searchHash(target?: SearchTarget): string {
  return formatHash('queue', { search: target === undefined ? '' : textOf(target) });
}

function textOf(target: SearchTarget): string {
  return target.kind === 'grid' ? `job:${target.queueId}` : `${target.symbol}/${target.timeframe}`;
}

/** The other way round; undefined for what names nothing. */
export function readSearchTarget(text: string): SearchTarget | undefined {
  const [, queueId] = /^job:(\d+)$/.exec(text) ?? [];
  if (queueId !== undefined) return { kind: 'grid', queueId: Number(queueId) };
  const [symbol = '', written = ''] = text.split('/');
  const timeframe = readTimeframe(written);
  return symbol === '' || timeframe === undefined ? undefined : { kind: 'market', symbol, timeframe };
}
