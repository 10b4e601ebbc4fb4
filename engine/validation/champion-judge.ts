import { EngineError } from '../contract/errors.ts';
import type { Judge } from '../views/champions.ts';
import { verdictOf } from './verdict.ts';
import type { Claim } from './verdict-evidence.ts';

/** What the evidence of a workspace says of its champions. */
export function createChampionJudge(): Judge {
  return ({ sharpe, trades }, { luck }) => {
    const claim: Claim = {
      sharpe,
      trades,
      marketP: luck.marketP,
      luckSharpe: luck.sharpe,
      tries: luck.tries,
    };
    const judgment = verdictOf({ claim, tested: null, holdout: null });
    if (judgment === null) throw new EngineError('internal', 'A champion has a claim, but no verdict.');
    return { verdict: judgment.verdict, verdictReason: judgment.reason, outOfSample: null };
  };
}
