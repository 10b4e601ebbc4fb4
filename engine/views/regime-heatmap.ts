import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RegimeHeatmapDto } from '../contract/dto/index.ts';
import { MODEL_TYPES } from '../models/catalog.ts';
import { auditRange, bestScores, type ScoreFilter } from '../store/audit-scores.ts';
import type { Reader } from '../store/database.ts';
import { configuredRegimes } from '../store/regimes.ts';

/** Audit rows looked at in one go: some 10 ms. */
const PIECE_ROWS = 8_000;

/** The best eligible score of each model type in each regime, from the decisions on every run. */
export async function regimeHeatmap(store: Reader, filter: ScoreFilter): Promise<RegimeHeatmapDto> {
  const best = new Map<string, Map<string, number>>();
  const range = auditRange(store);
  for (let from = range.first; from <= range.last; from += PIECE_ROWS) {
    for (const { model_type, regime, score } of bestScores(store, filter, from, from + PIECE_ROWS)) {
      const ofModel = best.get(model_type) ?? new Map<string, number>();
      ofModel.set(regime, Math.max(score, ofModel.get(regime) ?? Number.NEGATIVE_INFINITY));
      best.set(model_type, ofModel);
    }
    // A long history is gone through piece by piece: between pieces the host goes on with its other work.
    await nextTurn();
  }
  const modelTypes = inOrder(
    best.keys(),
    MODEL_TYPES.map(({ name }) => name),
  );
  const active = configuredRegimes(store).flatMap(({ name, active }) => (active === 1 ? name : []));
  const found = [...best.values()].flatMap((ofModel) => [...ofModel.keys()]);
  const regimes = inOrder([...active, ...found], active);
  return {
    modelTypes,
    regimes,
    scores: modelTypes.map((model) => regimes.map((regime) => best.get(model)?.get(regime) ?? null)),
  };
}

/** Without repetitions: known names in their order, then the others by name. */
function inOrder(names: Iterable<string>, known: readonly string[]): string[] {
  const present = new Set(names);
  const others = [...present].filter((name) => !known.includes(name)).sort();
  return [...known.filter((name) => present.has(name)), ...others];
}
