import { setImmediate as nextTurn } from 'node:timers/promises';
import type { VacancyDto } from '../contract/dto/index.ts';
import { auditRange } from '../store/audit-scores.ts';
import { allChampions } from '../store/champions.ts';
import type { Reader } from '../store/database.ts';
import { configuredRegimes } from '../store/regimes.ts';
import { type NearestMiss, nearestMisses } from '../store/vacancy-reasons.ts';

/** Audit rows looked at in one go: some 15 ms. */
const PIECE_ROWS = 20_000;

/** Active regimes that runs were judged in, but none was good enough for. */
export async function vacancies(store: Reader, minTrades: number): Promise<VacancyDto[]> {
  const nearest = new Map<string, NearestMiss>();
  const range = auditRange(store);
  for (let from = range.first; from <= range.last; from += PIECE_ROWS) {
    for (const miss of nearestMisses(store, minTrades, from, from + PIECE_ROWS)) {
      const key = scopeKey(miss);
      const known = nearest.get(key);
      const best = known === undefined || miss.nearness > known.nearness ? miss : known;
      nearest.set(key, { ...best, runs: miss.runs + (known?.runs ?? 0) });
    }
    // A long trail is gone through piece by piece: between pieces the host goes on with its other work.
    await nextTurn();
  }
  for (const champion of allChampions(store)) nearest.delete(scopeKey(champion));
  const active = configuredRegimes(store).flatMap(({ name, active }) => (active === 1 ? name : []));
  return [...nearest.values()]
    .filter(({ regime }) => active.includes(regime))
    .sort((a, b) => (scopeKey(a) < scopeKey(b) ? -1 : 1))
    .map(({ nearness: _nearness, ...vacancy }) => vacancy);
}

function scopeKey({ symbol, timeframe, regime }: Omit<NearestMiss, 'nearness' | 'runs' | 'reason'>): string {
  return `${symbol} ${timeframe} ${regime}`;
}
