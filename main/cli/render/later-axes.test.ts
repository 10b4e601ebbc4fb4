import { expect, it, vi } from 'vitest';
import type { RunDetailDto } from '../../../engine/contract/dto/index.ts';
import { historyText } from './history.ts';
import { runText } from './run.ts';

vi.mock('../../../engine/contract/axes.ts', async (original) => {
  const { withLaterAxes } = await import('../../../engine/contract/testing/later-axes.ts');
  const module = await original<{ AXES: Parameters<typeof withLaterAxes>[0] }>();
  return { ...module, AXES: withLaterAxes(module.AXES) };
});

const RUN = {
  id: 1,
  uuid: '00000000-0000-8000-8000-000000000000',
  modelType: 'ridge',
  symbol: 'EURUSD',
  timeframe: 'H1',
  daysHistory: 60,
  horizon: 12,
  target: 'return',
  encoder: 'normalized',
  indicatorTimeframes: {},
  hyperparameters: {},
  session: 'all',
  era: 1,
  status: 'failed',
  kept: false,
  bestRegimes: [],
  bestStrategy: null,
  sharpe: null,
  sharpeError: null,
  maxDrawdown: null,
  winRate: null,
  profitFactor: null,
  trades: null,
  composite: null,
  stake: null,
  rankIc: null,
  error: 'none',
  errorStack: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  seconds: 1,
  strategies: [],
  contenders: [],
  leftOut: null,
  beside: null,
  importance: null,
  audit: [],
} as unknown as RunDetailDto;
const LONDON = { ...RUN, id: 2, session: 'london' } as RunDetailDto;

it('an axis that is added to the table has a column where its values differ', () => {
  const lines = (runs: RunDetailDto[]) => historyText({ runs, total: runs.length }).split('\n');
  const first = 'ID  UUID      Model  Symbol  TF  Days  Bars ahead  Encoder     Status';
  expect(lines([RUN])[0]!.replaceAll(/ +/g, ' ')).toContain(first.replaceAll(/ +/g, ' '));
  const [head, , row] = lines([RUN, LONDON]) as [string, string, string];
  expect(head).toMatch(/Bars ahead {2}Encoder {5}Session {2}Status/);
  expect(row.slice(head.indexOf('Session')).trim()).toMatch(/^london {2,}failed/);
});

it('and is told of a run that has another value than the first', () => {
  expect(runText(RUN)).toMatch(/ahead, normalized features\n/);
  expect(runText(LONDON)).toMatch(/ahead, normalized features, london session\n/);
});
