import { expect } from 'vitest';
import type { RawInput } from '../contract/api/index.ts';
import type { SearchDto } from '../contract/dto/index.ts';
import { type Engine, train } from './engines.ts';

export type Search = RawInput<'search.create'>['search'];

/** Of one hyper-parameter, on the demo market, all in a moment. */
export const RIDGE: Search = {
  model_types: ['ridge'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [120],
  horizons: [3],
  trials: 14,
  workers: 2,
};

/** Works a search off to its end. */
export async function search(engine: Engine, spec: Search): Promise<SearchDto> {
  const { queueId } = await engine.call('search.create', { search: spec });
  expect(await train(engine, queueId)).toMatchObject({ kind: 'search', state: 'completed', failed: 0 });
  return (await engine.call('search.list', { queueId }))[0]!;
}

/** What two searches that are the same have in common. */
export function untimed({ trials }: SearchDto) {
  return trials.map(({ seconds: _seconds, endedAt: _endedAt, ...trial }) => trial);
}
