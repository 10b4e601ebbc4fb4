import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assertOwnModel } from '../binding/run-context.ts';
import { configurationOf } from '../cells/columns.ts';
import type { ModelExportDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { FORMATS } from '../contract/model-formats.ts';
import { TIMEFRAME_MINUTES, type Timeframe } from '../contract/timeframe.ts';
import { USER_MODE, writeError, writeFileAtomic } from '../files/atomic-write.ts';
import { fileStamp } from '../files/file-stamp.ts';
import type { TreeFormat } from '../interchange/export-model.ts';
import type { ExportedPair } from '../interchange/export-pair.ts';
import type { RunRow } from '../store/runs.ts';
import { targetOf } from '../targets/catalog.ts';
import { leftOutDto } from '../views/left-out.ts';
import { basisOf } from '../views/run-detail.ts';
import { modelRun } from './model-run.ts';

export interface PairPlace {
  /** As the user named it. */
  readonly folder: string;
  readonly format: TreeFormat;
  /** See `ClaimOutput`. */
  claim(file: string): string;
}

/** `15m`, `1h`, `1d`, as files of such pairs are named. */
function timeframeText(timeframe: Timeframe): string {
  const minutes = TIMEFRAME_MINUTES[timeframe];
  if (minutes < 60) return `${minutes}m`;
  return minutes < 1440 ? `${minutes / 60}h` : `${minutes / 1440}d`;
}

/**
 * Writes the LONG and the SHORT model of a run and what is needed to use them: `model_long_1h_latest.json`, `model_short_1h_latest.json` and
 * `metadata_1h_latest.json`; where members can't be one model, `model_long_1h_latest_1.json` and so on. In LightGBM's format models end in `.txt`.
 * @throws EngineError as `ClaimOutput`, before anything is written; `invalid-input` for a file in place of a folder; as `writeFileAtomic`
 */
export function writePair(
  row: RunRow,
  pair: ExportedPair,
  { folder, format, claim }: PairPlace,
): ModelExportDto {
  assertOwnModel(row, pair.modelKey);
  const { ending } = FORMATS[format];
  if (folder.toLowerCase().endsWith(ending)) {
    const message =
      'The run has a LONG and a SHORT model, which are written as files of their own: name a folder, or one member.';
    throw new EngineError('invalid-input', message, { problems: [{ path: 'out', message }] });
  }
  const timeframe = timeframeText(configurationOf(row).timeframe);
  const models = pair.files.map(({ side, member, content, ...how }) => {
    const name = `model_${side}_${timeframe}_latest${member === null ? '' : `_${member}`}${ending}`;
    return { side, name, content, how, path: claim(join(folder, name)) };
  });
  const metadata = claim(join(folder, `metadata_${timeframe}_latest.json`));
  try {
    mkdirSync(resolve(folder), { recursive: true });
  } catch (error) {
    throw writeError(resolve(folder), error);
  }
  for (const { path, content } of models) writeFileAtomic(path, content, USER_MODE);
  const ofSide = (side: 'long' | 'short') =>
    models
      .filter((model) => model.side === side)
      .map(({ name, how: { calibration, scale } }) => ({ file: name, calibration, scale }));
  const described = { ...describe(row, pair, timeframe), long: ofSide('long'), short: ofSide('short') };
  // Last: who finds it finds the models that it speaks of.
  writeFileAtomic(metadata, `${JSON.stringify(described, null, 2)}\n`, USER_MODE);
  return {
    ...modelRun(row),
    format,
    file: metadata,
    files: [...models.map(({ path }) => path), metadata],
    member: null,
    members: pair.members,
    trees: pair.files.reduce((sum, { trees }) => sum + trees, 0),
    features: pair.features,
    predicts: pair.predicts,
    meanAbsoluteReturn: null,
    withStatistics: format === 'xgboost-json' ? pair.withStatistics : null,
    outputs: [],
  };
}

function describe(row: RunRow, { features, predicts, members }: ExportedPair, timeframe: string) {
  const configuration = configurationOf(row);
  const { exits } = targetOf(configuration.target);
  const { windows } = basisOf(row);
  const sides = row.left_out === null ? [] : leftOutDto(row.left_out);
  const spearman = (side: 'long' | 'short') => sides.find((one) => one.side === side)?.rankIc ?? null;
  return {
    version: `${timeframe}_${fileStamp(row.created_at)}`,
    run: row.uuid,
    model_type: configuration.modelType,
    symbol: configuration.symbol,
    timeframe,
    target: configuration.target,
    take_profit: exits?.takeProfit,
    stop_loss: exits?.stopLoss,
    horizon: configuration.horizon,
    days_history: configuration.daysHistory,
    trained_from: windows?.training.from,
    trained_until: windows?.training.to,
    train_rows: row.train_rows,
    hyperparameters: configuration.hyperparameters,
    members,
    predicts,
    expected_log_return: '(offset + slope * calibrated output) * ATR(14) / close, at the close of the signal',
    spearman_long: spearman('long'),
    spearman_short: spearman('short'),
    config_hash: row.config_hash,
    training_key: row.training_key,
    features,
  };
}
