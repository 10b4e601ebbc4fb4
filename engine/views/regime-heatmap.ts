import type { RegimeHeatmapDto } from '../contract/dto/index.ts';
import { MODEL_TYPES } from '../models/catalog.ts';
import { decodeResults } from '../pipeline/results-blob.ts';
import { ofAllDecisions } from '../store/all-decisions.ts';
import { type BestScore, bestScores, type ScoreFilter } from '../store/audit-scores.ts';
import type { Reader, Store } from '../store/database.ts';
import { configuredRegimes } from '../store/regimes.ts';
import { findRun } from '../store/runs.ts';
import { sharpeErrorOf } from './score-error.ts';

/** The best eligible score of each model type in each regime, from the decisions on every run. */
export async function regimeHeatmap(store: Store, filter: ScoreFilter): Promise<RegimeHeatmapDto> {
  const best = await ofAllDecisions(
    store,
    `heatmap ${filter.symbol ?? ''} ${filter.timeframe ?? ''}`,
    () => new Map<string, Map<string, BestScore>>(),
    (models, from, to) => {
      for (const one of bestScores(store, filter, from, to)) {
        const ofModel = models.get(one.model_type) ?? new Map<string, BestScore>();
        const known = ofModel.get(one.regime);
        if (known === undefined || one.score > known.score) ofModel.set(one.regime, one);
        models.set(one.model_type, ofModel);
      }
    },
  );
  const modelTypes = inOrder(
    best.keys(),
    MODEL_TYPES.map(({ name }) => name),
  );
  const active = configuredRegimes(store).flatMap(({ name, active }) => (active === 1 ? name : []));
  const found = [...best.values()].flatMap((ofModel) => [...ofModel.keys()]);
  const regimes = inOrder([...active, ...found], active);
  const cells = modelTypes.map((model) => regimes.map((regime) => best.get(model)?.get(regime)));
  return {
    modelTypes,
    regimes,
    scores: cells.map((row) => row.map((cell) => cell?.score ?? null)),
    errors: cells.map((row) => row.map((cell) => (cell === undefined ? null : errorOf(store, cell)))),
  };
}

function errorOf(store: Reader, best: BestScore): number | null {
  const blob = findRun(store, best.run_id)?.results ?? null;
  if (blob !== null) return sharpeErrorOf(decodeResults(blob), best);
  // What was stored with the decision, in the precision of the run's table, which is missing.
  return best.error === null ? null : Math.fround(best.error);
}

/** Without repetitions: known names in their order, then the others by name. */
function inOrder(names: Iterable<string>, known: readonly string[]): string[] {
  const present = new Set(names);
  const others = [...present].filter((name) => !known.includes(name)).sort();
  return [...known.filter((name) => present.has(name)), ...others];
}
