import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERDICTS } from '../engine/contract/verdict.ts';
import type { Candles } from '../engine/market/candles.ts';
import { bestVerdict, type JudgedMarket, judgeMarkets } from '../engine/testing/judged-markets.ts';
import { hourlyCandles } from './market-data.ts';
import type { Figure, Subject } from './subject.ts';

const PARTS = ['walks', 'planted'] as const;
const WALKS = 200;
const PLANTED = 100;
/** Markets in one workspace. */
const TOGETHER = 25;
/** About six years of hours: four of folds behind training, selection and warm-up. */
const BARS = 37_000;
/** Of the planted markets: what is known of a bar beforehand, see `randomSigns`. */
const EDGE = 0.1;

/**
 * Whether verdicts mean what they say, from candles to verdict: on markets of real bars with coins for signs nobody has an edge; where
 * one was planted, there is something to find. `--runs N`: a tenth of the markets times N, 10 for all.
 */
export const calibrationSubject: Subject = {
  name: 'calibration',
  title: 'verdicts on champions of markets without and with an edge',
  parts: PARTS,
  isLong: true,
  async measure(runs = 10, parts = PARTS) {
    const share = Math.min(runs, 10) / 10;
    const { candles, data } = await hourlyCandles('EURUSD', 80_000);
    const figures: Figure[] = [];
    if (parts.includes('walks')) {
      const walks = await judgeAll(candles, Math.ceil(WALKS * share), 0);
      figures.push(...shares('walks', walks, { suggestive: 16 * share, strong: 5 * share }));
    }
    if (parts.includes('planted')) {
      figures.push(...shares('planted', await judgeAll(candles, Math.ceil(PLANTED * share), EDGE)));
    }
    return { data: `the moves of ${data}, ${BARS} bars a market`, runs: 1, figures };
  },
};

async function judgeAll(source: Candles, markets: number, edge: number): Promise<JudgedMarket[]> {
  const judged: JudgedMarket[] = [];
  for (let from = 0; from < markets; from += TOGETHER) {
    const seeds = Array.from({ length: Math.min(TOGETHER, markets - from) }, (_, i) => 1 + from + i);
    const folder = mkdtempSync(join(tmpdir(), 'regimen-calibration-'));
    try {
      const some = { source, length: BARS, edge, seeds, testPeriodDays: 60 };
      judged.push(...(await judgeMarkets(folder, some)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    process.stderr.write(`  ${judged.length} of ${markets} markets\n`);
  }
  return judged;
}

/** How many markets have which verdict as the strongest of their champions. */
function shares(
  kind: string,
  markets: readonly JudgedMarket[],
  atMost?: { readonly suggestive: number; readonly strong: number },
): Figure[] {
  const verdicts = markets.map(bestVerdict);
  const count = (...wanted: readonly unknown[]) =>
    verdicts.filter((verdict) => wanted.includes(verdict)).length;
  return [
    { name: `${kind}: markets`, value: markets.length, unit: 'markets' },
    {
      name: `${kind}: champions`,
      value: markets.flatMap(({ champions }) => champions).length,
      unit: 'champions',
    },
    ...VERDICTS.map((verdict) => ({ name: `${kind}: ${verdict}`, value: count(verdict), unit: 'markets' })),
    {
      name: `${kind}: suggestive or better`,
      value: count('suggestive', 'strong'),
      unit: 'markets',
      atMost: atMost?.suggestive,
    },
    { name: `${kind}: strong`, value: count('strong'), unit: 'markets', atMost: atMost?.strong },
  ];
}
