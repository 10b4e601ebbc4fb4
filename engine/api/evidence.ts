import type { Basis } from '../binding/basis.ts';
import type { Config } from '../config/schema.ts';
import type { Handlers } from '../contract/api/index.ts';
import { findChampion, referencesOf } from '../contract/champion-reference.ts';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { CandleReader } from '../market/series/candle-source.ts';
import { withJudge } from '../queue/judge.ts';
import { leastScore } from '../selection/candidates.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import { listedChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import type { Bar } from '../store/evidence.ts';
import { scoredRun } from '../store/scored-runs.ts';
import { findValidation } from '../store/validations.ts';
import { validationBriefs } from '../validation/briefs.ts';
import { judgedModel } from '../validation/champion-judge.ts';
import { validationCurve } from '../validation/curve.ts';
import { readValidation } from '../validation/to-dto.ts';
import { evidenceDto, evidenceRuns } from '../views/evidence.ts';
import { claimOf } from '../views/luck.ts';
import { luckDistribution } from '../views/luck-distribution.ts';

type EvidenceMethod = Extract<keyof Handlers, `evidence.${string}`>;

export interface EvidenceDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly analysis: CandleReader;
  readonly config: () => Config;
}

export function evidenceHandlers({
  store,
  library,
  analysis,
  config,
}: EvidenceDeps): Pick<Handlers, EvidenceMethod> {
  const bar = (): Bar => {
    const { evaluation } = withJudge(store, config());
    return { minTrades: evaluation.min_trades_per_regime, leastScore: leastScore(evaluation) };
  };
  return {
    'evidence.summary': () => evidenceDto(store, bar()),
    'evidence.runs': (wanted) => evidenceRuns(store, bar(), wanted),
    'evidence.luck'({ champion, bins }) {
      const { row, champion: name } = championRow(store, champion);
      const json = row.basis ?? scoredRun(store, row.run_id).basis;
      const basis = storedJson<Partial<Basis>>(json, `the basis of run ${row.run_id}`);
      return luckDistribution(name, claimOf(store, row, basis), bins);
    },
    'evidence.validations': ({ champion }) =>
      validationBriefs(store, champion === undefined ? null : judgedModel(championRow(store, champion).row)),
    async 'evidence.curve'({ id }) {
      const row = findValidation(store, id);
      if (row === undefined)
        throw new EngineError('not-found', `There is no validation ${id} in this workspace.`);
      // Without its candles a validation still has its curve.
      const series = await library.loadSoon(row.symbol, row.timeframe, analysis).catch(() => undefined);
      return validationCurve(readValidation(store, row), series?.candles);
    },
  };
}

/** @throws EngineError `not-found` */
function championRow(store: Store, champion: string) {
  const rows = listedChampions(store);
  const references = referencesOf(rows);
  return findChampion(
    rows.map((row, index) => ({ row, champion: references[index]! })),
    champion,
  );
}
