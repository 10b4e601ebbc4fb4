import type { Config, SurvivalJudge } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import type { Reader } from '../store/database.ts';
import { requireSurvivalModel, survivalInProduction } from '../store/survival.ts';
import { decodeSurvival } from '../survival/model.ts';
import { breakEven } from '../survival/payoff.ts';

/**
 * A configuration with who judges where champions are chosen by what survives: the version in production, and nobody where there is none. Who
 * begins with it goes on with it, whoever is promoted meanwhile.
 * @throws EngineError `artifact-damaged` where the version is not what was written
 */
export function withJudge(store: Reader, config: Config): Config {
  if (config.evaluation.score !== 'survival') return config;
  const version = survivalInProduction(store);
  if (version === null) return config;
  return { ...config, evaluation: { ...config.evaluation, judge: judgeOf(store, version) } };
}

function judgeOf(store: Reader, version: string): SurvivalJudge {
  const known = judges.get(store);
  if (known?.version === version) return known;
  const { payoff } = decodeSurvival(requireSurvivalModel(store, version).model);
  const judge = { version, breakEven: breakEven(payoff) };
  judges.set(store, judge);
  return judge;
}

/** A version stays what it is, and is asked for with every preview. */
const judges = new WeakMap<Reader, SurvivalJudge>();

/** @throws EngineError `conflict` where champions would be chosen by what nobody says; `config` as `withJudge` has it */
export function assertJudged({ evaluation }: Pick<Config, 'evaluation'>): void {
  if (evaluation.score !== 'survival' || evaluation.judge !== undefined) return;
  throw new EngineError(
    'conflict',
    'evaluation.score is survival, and no model of what survives is in production: nobody can say how likely a champion survives. Promote one (`regimen survival train`, then `regimen survival promote`), or set the score to sharpe, sortino, calmar, profit_factor, total_return or composite.',
  );
}
