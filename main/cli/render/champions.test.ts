import { expect, it } from 'vitest';
import type { ChampionDto, VacancyDto } from '../../../engine/contract/dto/index.ts';
import { championsJson, championsText } from './champions.ts';

const SCORE = {
  sharpe: -14.77,
  sharpeError: 12.34,
  maxDrawdown: 0.123,
  winRate: 1,
  profitFactor: null,
  trades: 123,
  composite: 0.5,
};

/** As wide as the demo's columns can be. */
const CHAMPION: ChampionDto = {
  ...SCORE,
  champion: 'DEMO_EURUSD/H4/volatile_ranging',
  verdict: 'too little data',
  verdictReason: '',
  outOfSample: {
    scheme: 'own',
    folds: 41,
    trades: 412,
    sharpe: -0.24,
    sharpeError: 0.41,
    t: -0.6,
    p: 0.74,
    maxDrawdown: 0.05,
    winRate: 0.5,
    composite: 0.48,
    scores: { result: 0.5, stake: 0.5, profit: 0.5, wins: 0.5, runUp: 0.4 },
  },
  symbol: 'DEMO_EURUSD',
  timeframe: 'H4',
  regime: 'volatile_ranging',
  runId: '0',
  job: null,
  modelType: 'linear_regression',
  horizon: 12,
  target: 'return',
  daysHistory: 180,
  encoder: 'normalized',
  strategy: {
    predictionMethod: 'direct_multi',
    ensembleMethod: 'stacking',
    confidenceThreshold: 0.5,
    lookbackWindow: 200,
  },
  strategyIndex: 0,
  roundTrip: 'A round trip costs 1.4 pips, 0.012 % (median spread of the data)',
  sortino: null,
  calmar: null,
  expectancy: 0,
  totalReturn: 0,
  exposure: 0.1,
  stake: {
    roi: 0,
    hitRate: 1,
    hitRateTp1: null,
    averageWin: null,
    averageLoss: null,
    profitFactor: null,
    kelly: null,
    longestLosingStreak: 0,
  },
  scores: { result: 0.5, stake: 0.5, profit: 0.5, wins: 0.5, runUp: 0.5 },
  stale: null,
  modelMissing: false,
  scoredAgain: null,
  outdated: null,
  achievedAt: '',
  holdout: SCORE,
  holdoutLook: {
    from: '2026-01-28T22:00:00.000Z',
    to: '2026-02-27T22:00:00.000Z',
    opened: { at: '2026-03-01T09:30:00.000Z', by: 'window' },
    hidden: null,
  },
  p: 0.998,
  luck: {
    sharpe: 14.77,
    marketP: 0.4,
    deflatedSharpe: 0.3,
    tries: 25_920,
    effectiveTries: 812.4,
    overfitting: { pbo: 0.46, lossOutOfSample: 0.61, strategies: 2000 },
    trackRecord: { needed: 1048, bars: 410 },
    missing: null,
  },
  synthetic: true,
  robustness: null,
};

const VACANCY: VacancyDto = {
  symbol: 'DEMO_EURUSD',
  timeframe: 'H4',
  regime: 'calm',
  runs: 32,
  reason: 'Too few trades.',
};

it('fits 160 columns and says which figures are of which window', () => {
  const [titles, head, row] = championsText([CHAMPION], []).split('\n');
  expect(head!.match(/Sharpe/g)).toHaveLength(3);
  expect(row!.length).toBeLessThanOrEqual(160);
  // Figures are right-aligned: those of these two windows are as wide as their column.
  const wide = [...row!.matchAll(/−14\.8 ± 12\.3/g)];
  expect(titles!.indexOf('selection window')).toBe(wide[0]!.index);
  expect(titles!.indexOf('holdout')).toBe(wide[1]!.index);
  expect(row!.replace(/ +/g, ' ')).toBe(
    'DEMO_EURUSD/H4/volatile_ranging Linear regression too little data 0.998 −14.8 ± 12.3 123 −0.2 ± 0.4 412 −14.8 ± 12.3 123',
  );
  const unvalidated = championsText([{ ...CHAMPION, outOfSample: null }], []).split('\n')[2]!;
  expect(unvalidated.replace(/ +/g, ' ')).toContain(' 123 – – −14.8');
});

it('hides the holdout until its look is spent, and says once why; then since when it is open', () => {
  const hidden = 'The holdout of DEMO_EURUSD H4 is hidden.';
  const unseen = {
    ...CHAMPION,
    holdout: null,
    holdoutLook: { ...CHAMPION.holdoutLook, opened: null, hidden },
  };
  const text = championsText([unseen, { ...unseen, regime: 'calm' }], []);
  expect(text.split('\n').filter((line) => line === hidden)).toHaveLength(1);
  expect(text.match(/hidden +hidden$/gm)).toHaveLength(2);
  expect(championsText([CHAMPION], [])).toContain(
    'The holdout of DEMO_EURUSD H4 up to 2026-02-27: opened 2026-03-01 09:30 (window).',
  );
});

it('says what luck makes of each champion, within 160 columns, and why where that is not known', () => {
  const luck = {
    ...CHAMPION.luck,
    sharpe: null,
    marketP: null,
    missing: 'What 3 models tried is not counted.',
  };
  const calm = { ...CHAMPION, champion: 'DEMO_EURUSD/H4/calm', regime: 'calm', p: null, luck };
  const text = championsText([CHAMPION, calm], []);
  const lines = text.split('\n');
  const head = lines.findIndex((line) => line.includes('Deflated  '));
  expect(lines[head + 1]!.replace(/ +/g, ' ').trim()).toBe(
    'DEMO_EURUSD/H4/volatile_ranging 12 180 direct_multi stacking c0.5 W200 12.3 100 14.8 0.400 0.30 0.46 0.61 1,048 410 25,920 812',
  );
  const tables = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('–')),
  );
  expect(Math.max(...tables.map((line) => line.length))).toBeLessThanOrEqual(160);
  expect(lines).toContain('– DEMO_EURUSD/H4/calm: What 3 models tried is not counted.');
});

it('marks a champion that stands aside, and says why', () => {
  const text = championsText([{ ...CHAMPION, stale: 'the trading costs changed' }], []);
  expect(text).toContain(' Linear regression * ');
  expect(text).toContain(
    '* DEMO_EURUSD/H4/volatile_ranging (Linear regression) stands aside: since it was chosen, the trading costs changed.',
  );
  expect(text).not.toContain('Scored again');
});

it('marks a champion that was scored again, and says as of when', () => {
  const again = { ...CHAMPION, scoredAgain: '2026-06-12T21:00:00.000Z' };
  const text = championsText([again, CHAMPION, again], []);
  expect(text.match(/ Linear regression \+ /g)).toHaveLength(2);
  expect(text.match(/Scored again.*/g)).toEqual([
    'Scored again with the data and rules as of 2026-06-12, after it was chosen.',
  ]);
  expect(championsText([{ ...again, stale: 'its candles changed' }], [])).not.toContain('Scored again');
});

it('marks figures that are not of today, and says what changed', () => {
  const old = { ...CHAMPION, scoredAgain: '2026-06-12T21:00:00.000Z', outdated: 'the as-of date changed' };
  const text = championsText([old, CHAMPION], []);
  expect(text.match(/ Linear regression ~ /g)).toHaveLength(1);
  expect(text).toContain(
    '\n~ Since these figures were computed the as-of date changed: scored again before anyone competes with them.',
  );
  expect(text).not.toContain('\n+ ');
});

it('says which regimes have no champion and why', () => {
  const text = championsText([CHAMPION], [VACANCY, { ...VACANCY, symbol: '*', timeframe: '*', runs: 1 }]);
  expect(text).toContain('\n  DEMO_EURUSD H4 calm, best of 32 runs: Too few trades.\n');
  expect(text).toMatch(/\n {2}calm, best of 1 run: Too few trades\.\n\n1 champion: /);
  expect(championsText([], [VACANCY])).toMatch(/^No champions: .*\n\nWithout a champion:\n/);
  expect(championsText([], [])).toBe('No champions yet: no model has been trained in this workspace.');
});

it('shortens a long list of regimes without a champion', () => {
  const many = Array.from({ length: 15 }, (_, i) => ({ ...VACANCY, regime: `regime_${i}` }));
  const lines = championsText([], many).split('\n');
  expect(lines.filter((line) => line.includes('best of'))).toHaveLength(12);
  expect(lines.at(-1)).toBe('  and 3 regimes more.');
});

it('prints the error of a Sharpe ratio under the name that validations give it', () => {
  expect(championsJson([CHAMPION])).toEqual([{ ...CHAMPION, standardError: 12.34 }]);
});
