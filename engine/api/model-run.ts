import { configurationOf } from '../cells/columns.ts';
import type { ModelRunDto } from '../contract/dto/index.ts';
import type { RunRow } from '../store/runs.ts';

/** What every answer about a run's model names. */
export function modelRun(row: RunRow): ModelRunDto {
  const { modelType, symbol, timeframe, horizon, daysHistory, target } = configurationOf(row);
  return { run: row.id, modelType, symbol, timeframe, horizon, daysHistory, target };
}
