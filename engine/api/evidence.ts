import type { Basis } from '../binding/basis.ts';
import type { Config } from '../config/schema.ts';
import type { Handlers } from '../contract/api/index.ts';
import { findChampion, referencesOf } from '../contract/champion-reference.ts';
import { storedJson } from '../contract/stored-json.ts';
import { leastScore } from '../selection/candidates.ts';
import { listedChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { scoredRun } from '../store/scored-runs.ts';
import { type Bar, evidenceDto, evidenceRuns } from '../views/evidence.ts';
import { claimOf } from '../views/luck.ts';
import { luckDistribution } from '../views/luck-distribution.ts';

type EvidenceMethod = Extract<keyof Handlers, `evidence.${string}`>;

export interface EvidenceDeps {
  readonly store: Store;
  readonly config: () => Config;
}

export function evidenceHandlers({ store, config }: EvidenceDeps): Pick<Handlers, EvidenceMethod> {
  const bar = (): Bar => {
    const { evaluation } = config();
    return { minTrades: evaluation.min_trades_per_regime, leastScore: leastScore(evaluation) };
  };
  return {
    'evidence.summary': () => evidenceDto(store, bar()),
    'evidence.runs': (wanted) => evidenceRuns(store, bar(), wanted),
    'evidence.luck'({ champion, bins }) {
      const rows = listedChampions(store);
      const references = referencesOf(rows);
      const named = rows.map((row, index) => ({ row, champion: references[index]! }));
      const { row, champion: name } = findChampion(named, champion);
      const json = row.basis ?? scoredRun(store, row.run_id).basis;
      const basis = storedJson<Partial<Basis>>(json, `the basis of run ${row.run_id}`);
      return luckDistribution(name, claimOf(store, row, basis), bins);
    },
  };
}
