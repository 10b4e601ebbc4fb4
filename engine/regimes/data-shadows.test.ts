import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeCandleFile } from '../market/series/candle-file.ts';
import { openCandleFile } from '../market/series/candle-stretches.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { dataShadows, shadowsIn } from './data-shadows.ts';

const regime = (name: string, rules: object) => ({ name, title: name, description: '', active: true, rules });
const REGIMES = [
  regime('up', { returns: '> 0' }),
  regime('down', { returns: '<= 0' }),
  regime('wild', { volatility: '> 90th percentile' }),
  regime('busy', { volume: '> 2x average' }),
];

test.each([true, false])('of a file and of the same bars in memory, with volume: %s', (hasVolume) => {
  const candles = randomCandles(70_000);
  if (!hasVolume) candles.volume.fill(0);
  const folder = mkdtempSync(join(tmpdir(), 'regimen-shadows-'));
  const { file, digest } = writeCandleFile(folder, candles);
  const stretches = openCandleFile(join(folder, file), digest);
  try {
    const shadows = dataShadows(candles, REGIMES);
    // Rules on volume where there is none have a sentence of their own.
    expect(shadows.map(({ name }) => name)).toEqual(hasVolume ? ['wild', 'busy'] : ['wild']);
    expect(shadowsIn(stretches, REGIMES)).toEqual(shadows);
  } finally {
    stretches.close();
    rmSync(folder, { recursive: true });
  }
});
