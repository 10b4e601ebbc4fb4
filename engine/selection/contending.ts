import type { ChooseContenders } from '../pipeline/cell-contenders.ts';
import { type EligibilityRules, examineRegimes, SCORES } from './candidates.ts';
import { regimeResults } from './regime-results.ts';

/** By what the strategies of one run are ranked where runs compete by their chance to survive. */
const RANKED = { score: 'sharpe', min_score: 'auto' } as const satisfies Partial<EligibilityRules>;

/** The strategies that contend in each regime where champions are chosen by what survives: as `examineRegimes`, by Sharpe. */
export const eligibleContenders: ChooseContenders = (table, { minTrades }) =>
  examineRegimes(regimeResults(table, SCORES[RANKED.score].metric), table.regimeNames, {
    ...RANKED,
    min_trades_per_regime: minTrades,
  }).flatMap(({ regime, strategyIndex, ineligible }) =>
    ineligible === null ? [{ regime, strategyIndex }] : [],
  );
