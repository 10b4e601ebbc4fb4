import { timeText } from '../market/time/time-text.ts';
import type { VersionUpdate } from './manifest.ts';

/** `Update of 20261122_020000: 120 bars (… to …), 6 trees added to its members`. */
export function updateText(of: string, { kind, bars, rows, trees }: VersionUpdate): string {
  const what = `Update of ${of}: ${bars.count} ${bars.count === 1 ? 'bar' : 'bars'} (${timeText(Date.parse(bars.from))} to ${timeText(Date.parse(bars.to))})`;
  if (kind === 'refit') return `${what}, fitted anew on its window`;
  if (kind === 'sums') {
    return rows === undefined
      ? `${what}, sums made anew`
      : `${what}, ${rows.added} rows added to the members' sums and ${rows.dropped} dropped`;
  }
  const { added, dropped } = trees!;
  return dropped === 0
    ? `${what}, ${added} trees added to its members`
    : `${what}, ${added} new trees in place of the oldest ${dropped} of its members`;
}
