import { createHash } from 'node:crypto';
import type { Candles } from '../market/candles.ts';
import { type CompiledRegime, labelBars } from './labeler.ts';

/**
 * What each regime labels of bars [from, to): hex SHA-256 of their opening times (float64, little endian, ms UTC), by name.
 * A regime that takes none of them is left out: it is as if it were not there.
 */
export function labelDigests(
  candles: Candles,
  regimes: readonly CompiledRegime[],
  from: number,
  to: number,
): Record<string, string> {
  const labels = labelBars(candles, regimes, from, to);
  const digests: Record<string, string> = {};
  const times = new Float64Array(labels.length);
  for (const [label, { name }] of regimes.entries()) {
    let bars = 0;
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] === label) times[bars++] = candles.time[from + i]!;
    }
    if (bars === 0) continue;
    digests[name] = createHash('sha256')
      .update(new Uint8Array(times.buffer, 0, bars * 8))
      .digest('hex');
  }
  return digests;
}
