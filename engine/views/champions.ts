import { configurationOf } from '../cells/columns.ts';
import { shortConfiguration } from '../cells/describe.ts';
import type { ChampionDto } from '../contract/dto/index.ts';
import { expectedBestSharpe, type Tries } from '../statistics/luck.ts';
import { type ListedChampion, listedChampions } from '../store/champions.ts';
import type { Reader } from '../store/database.ts';
import { readTries } from '../store/tries.ts';
import { holdoutScore, scorePartsOf, selectionScore, stakeOf } from './figures.ts';

export function championDtos(store: Reader): ChampionDto[] {
  const triesIn = readTries(store);
  return listedChampions(store).map((row) => {
    const { scope_symbol: symbol, scope_timeframe: timeframe, regime } = row;
    return championDto(row, triesIn({ symbol, timeframe, regime }));
  });
}

function championDto(row: ListedChampion, tries: Tries): ChampionDto {
  return {
    ...shortConfiguration(configurationOf(row)),
    regime: row.regime,
    runId: row.uuid,
    strategy: {
      predictionMethod: row.prediction_method,
      ensembleMethod: row.ensemble_method,
      confidenceThreshold: row.confidence_threshold,
      lookbackWindow: row.lookback_window,
    },
    strategyIndex: row.strategy_index,
    ...selectionScore(row),
    sortino: row.sortino,
    calmar: row.calmar,
    expectancy: row.expectancy,
    totalReturn: row.total_return,
    exposure: row.exposure,
    stake: stakeOf(row),
    scores: scorePartsOf(row),
    achievedAt: new Date(row.achieved_at).toISOString(),
    holdout: holdoutScore(row),
    luck: luckOf(tries),
    stale: row.stale,
    synthetic: row.synthetic === 1,
  };
}

function luckOf(tries: Tries): ChampionDto['luck'] {
  const sharpe = expectedBestSharpe(tries);
  return sharpe === null ? null : { sharpe, tries: tries.count };
}
