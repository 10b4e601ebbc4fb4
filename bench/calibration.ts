import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERDICTS, type Verdict } from '../engine/contract/verdict.ts';
import { type Candles, sliceCandles } from '../engine/market/candles.ts';
import { bestVerdict, type JudgedMarket, judgeMarkets } from '../engine/testing/judged-markets.ts';
import { hourlyCandles } from './market-data.ts';
import { type Figure, median, type Subject } from './subject.ts';

const PARTS = ['walks', 'planted'] as const;
const WALKS = 200;
const PLANTED = 100;
/** Markets in one workspace, and workspaces at a time, each with a thread. */
const TOGETHER = 10;
const AT_ONCE = 2;
/** About six years of hours: more than four of folds behind training, selection and warm-up. */
const BARS = 37_000;
/** Another twelve years, for what a champion's refits are truly worth. */
const CONTINUATION = 2 * BARS;
/** Of the planted markets: what is known of a bar beforehand, see `randomSigns`. */
const EDGE = 0.11;
/** Calendar days: of the test windows that verdicts rest on, and of the continuation's, where the rule that was planted never ages. */
const TEST_DAYS = 120;
const CONTINUED_DAYS = 480;
/** A true Sharpe ratio that four counted years should show, and in how many of 100 cases they do. */
const TRUE_SHARPE = 1.5;
const FOUND_OF_100 = 72;
/** Disks are no part of it. */
const FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/**
 * Whether verdicts mean what they say, from candles to verdict, of champions and of the grid as a procedure: on markets of real bars with
 * coins for signs nobody has an edge; where one was planted, there is something to find, and how much of it there is, is known from how
 * the champions' refits do on the years that come after. `--runs N`: a tenth of the markets times N, 10 for all; `--grid` chooses a part.
 */
export const calibrationSubject: Subject = {
  name: 'calibration',
  title: 'verdicts on champions and procedures of markets without and with an edge',
  parts: PARTS,
  isLong: true,
  async measure(runs = 10, parts = []) {
    const share = Math.min(runs, 10) / 10;
    const { candles, data } = await hourlyCandles('EURUSD', 80_000);
    // Bars of the continuation are those of the years before: an edge is worth as much in both.
    const source = sliceCandles(candles, 0, BARS);
    const isAsked = (part: string) => parts.length === 0 || parts.includes(part);
    const figures: Figure[] = [];
    if (isAsked('walks')) {
      const walks = await judgeAll(source, Math.ceil(WALKS * share), 0);
      const atMost = { suggestive: 16 * share, strong: 5 * share };
      figures.push(
        ...shares('walks', walks.map(bestVerdict), atMost),
        { name: 'walks: champions', value: championsOf(walks).length, unit: 'champions' },
        ...shares(
          'walks, procedures',
          walks.map(({ procedure }) => procedure),
          atMost,
        ),
      );
    }
    if (isAsked('planted')) {
      const planted = await judgeAll(source, Math.ceil(PLANTED * share), EDGE);
      figures.push(
        ...shares('planted', planted.map(bestVerdict)),
        ...shares(
          'planted, procedures',
          planted.map(({ procedure }) => procedure),
        ),
        ...power(planted),
      );
    }
    return { data: `the moves of ${data}, ${BARS} bars a market`, runs: 1, figures };
  },
};

async function judgeAll(source: Candles, markets: number, edge: number): Promise<JudgedMarket[]> {
  const judged: JudgedMarket[] = [];
  let taken = 0;
  async function judgeSome(): Promise<void> {
    while (taken < markets) {
      const first = 1 + taken;
      const seeds = Array.from({ length: Math.min(TOGETHER, markets - taken) }, (_, i) => first + i);
      taken += seeds.length;
      const folder = mkdtempSync(join(FOLDER, 'regimen-calibration-'));
      try {
        const some = { source, length: BARS, edge, seeds, testPeriodDays: TEST_DAYS, procedures: true };
        const continuation = { bars: CONTINUATION, testPeriodDays: CONTINUED_DAYS };
        judged.push(...(await judgeMarkets(folder, edge === 0 ? some : { ...some, continuation })));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      process.stderr.write(`  ${judged.length} of ${markets} markets\n`);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, judgeSome));
  return judged;
}

const championsOf = (markets: readonly JudgedMarket[]) => markets.flatMap(({ champions }) => champions);
const isEvidence = (verdict: Verdict | null) => verdict === 'suggestive' || verdict === 'strong';

/** How many of these have which verdict: markets by the strongest of their champions, or procedures. */
function shares(
  kind: string,
  verdicts: readonly (Verdict | null)[],
  atMost?: { readonly suggestive: number; readonly strong: number },
): Figure[] {
  const count = (is: (verdict: Verdict | null) => boolean) => verdicts.filter(is).length;
  const unit = 'markets';
  return [
    { name: kind, value: verdicts.length, unit },
    ...VERDICTS.map((of) => ({
      name: `${kind}: ${of}`,
      value: count((verdict) => verdict === of),
      unit,
      atMost: of === 'strong' ? atMost?.strong : undefined,
    })),
    { name: `${kind}: suggestive or better`, value: count(isEvidence), unit, atMost: atMost?.suggestive },
  ];
}

/** Of champions whose refits are known to be worth something, how many are seen to be. */
function power(markets: readonly JudgedMarket[]): Figure[] {
  const champions = championsOf(markets).filter(({ trueSharpe }) => trueSharpe !== null);
  const worth = champions.filter(({ trueSharpe }) => trueSharpe! >= TRUE_SHARPE);
  const sharpes = champions.map(({ trueSharpe }) => trueSharpe!);
  const found = worth.filter(({ verdict }) => isEvidence(verdict)).length;
  return [
    { name: 'planted: validated champions', value: champions.length, unit: 'champions' },
    { name: 'planted: their median true Sharpe', value: median(sharpes), unit: '' },
    { name: 'planted: their highest true Sharpe', value: Math.max(...sharpes), unit: '' },
    { name: `planted: of a true Sharpe of ${TRUE_SHARPE} or more`, value: worth.length, unit: 'champions' },
    {
      name: 'planted: of those, suggestive or better',
      value: (100 * found) / worth.length,
      unit: '%',
      atLeast: FOUND_OF_100,
    },
  ];
}
