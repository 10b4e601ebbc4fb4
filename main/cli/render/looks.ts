import type { LookDto } from '../../../engine/contract/dto/index.ts';
import { minute } from './format.ts';

/** Holdouts whose look is spent, and when it was. */
export function looksText(looks: readonly LookDto[]): string {
  if (looks.length === 0) return 'No holdout to open: nothing has been trained in this workspace.';
  const lines = looks.map(({ symbol, timeframe, from, to, openedAt, openedBy, isNew }) => {
    const span = from === null ? `up to ${day(to)}` : `${day(from)} to ${day(to)}`;
    const opened = `opened ${minute(openedAt)} (${openedBy})`;
    return `${symbol} ${timeframe}, ${span}: ${isNew ? opened : `${opened} before`}`;
  });
  return [
    ...lines,
    'Figures, trades and curves of these holdouts are shown from now on. Whoever has seen them chooses by them, too: only newer bars test anew.',
  ].join('\n');
}

const day = (time: string) => time.slice(0, 10);
