import { readTimeframe, type Timeframe } from '../../engine/contract/timeframe.ts';
import { formatHash } from './ui.ts';

/** What the form of validations opens with. */
export type ValidateTarget =
  | { readonly kind: 'market'; readonly symbol: string; readonly timeframe: Timeframe }
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'champion'; readonly champion: string }
  | { readonly kind: 'champions' }
  /** The grid of a job, as a procedure. */
  | { readonly kind: 'grid'; readonly queueId: number };

/** Address of the form with something to validate in it: `#/queue?validate=EURUSD/H1/bull_trending`; without, of the empty form. */
export function validateHash(target?: ValidateTarget): string {
  return formatHash('queue', { validate: target === undefined ? '' : textOf(target) });
}

function textOf(target: ValidateTarget): string {
  switch (target.kind) {
    case 'market':
      return `${target.symbol}/${target.timeframe}`;
    case 'run':
      return `run:${target.run}`;
    case 'champion':
      return target.champion;
    case 'champions':
      return 'champions';
    case 'grid':
      return `job:${target.queueId}`;
  }
}

/** The other way round; undefined for what names nothing. */
export function readValidateTarget(text: string): ValidateTarget | undefined {
  if (text === 'champions') return { kind: 'champions' };
  const [, what, which = ''] = /^(run|job):(.+)$/.exec(text) ?? [];
  if (what === 'run') return { kind: 'run', run: which };
  if (what === 'job') return /^\d+$/.test(which) ? { kind: 'grid', queueId: Number(which) } : undefined;
  const [symbol = '', written = '', regime] = text.split('/');
  const timeframe = readTimeframe(written);
  if (symbol === '' || timeframe === undefined) return undefined;
  return regime === undefined ? { kind: 'market', symbol, timeframe } : { kind: 'champion', champion: text };
}
