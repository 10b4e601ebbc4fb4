import { configurationOf } from '../cells/columns.ts';
import { configHash } from '../cells/config-hash.ts';
import type { OutOfSampleDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { ListedChampion } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import type { Judge } from '../views/champions.ts';
import { verdictOf } from './verdict.ts';
import { type Claim, LEAST_HOLDOUT_TRADES } from './verdict-evidence.ts';
import { type JudgedModel, readVerdicts, type TestedCurve } from './verdicts.ts';

/** What the evidence of a workspace says of its champions; reads what was validated once, for however many. */
export function createChampionJudge(store: Store): Judge {
  const verdicts = readVerdicts(store);
  return (row, { luck }, seen) => {
    const { sharpe, trades } = row;
    const model = judgedModel(row);
    const tested = verdicts.ofModel(model);
    const holdout = seen && {
      trades: seen.trades,
      net: Math.log1p(seen.totalReturn),
      floor: seen.trades < LEAST_HOLDOUT_TRADES ? null : verdicts.lowest(model, seen),
    };
    const claim: Claim = {
      sharpe,
      trades,
      marketP: luck.marketP,
      luckSharpe: luck.sharpe,
      tries: luck.tries,
    };
    const judgment = verdictOf({ claim, tested, holdout });
    if (judgment === null) throw new EngineError('internal', 'A champion has a claim, but no verdict.');
    return {
      verdict: judgment.verdict,
      verdictReason: judgment.reason,
      outOfSample: tested && outOfSample(tested),
    };
  };
}

/** A champion as its validations know it: its configuration with its strategy, alone in its regime. */
export function judgedModel(row: ListedChampion): JudgedModel {
  const configuration = configurationOf(row);
  return {
    symbol: configuration.symbol,
    timeframe: configuration.timeframe,
    configHash: configHash(configuration),
    strategy: {
      predictionMethod: row.prediction_method,
      ensembleMethod: row.ensemble_method,
      confidenceThreshold: row.confidence_threshold,
      lookbackWindow: row.lookback_window,
    },
    regime: row.regime,
  };
}

export function outOfSample(tested: TestedCurve): OutOfSampleDto {
  const { scheme, folds, trades, sharpe, sharpeError, t, p, maxDrawdown, winRate, composite } = tested;
  return {
    scheme,
    folds,
    trades,
    sharpe,
    sharpeError,
    t,
    p,
    maxDrawdown,
    winRate,
    composite,
    scores: {
      result: tested.scoreResult,
      stake: tested.scoreStake,
      profit: tested.scoreProfit,
      wins: tested.scoreWins,
      runUp: tested.scoreRunUp,
    },
  };
}
