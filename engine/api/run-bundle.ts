import type { ArtifactFolder } from '../artifacts/folder.ts';
import { assertOwnModel, type ContextDeps, contextOf, storedModel } from '../binding/run-context.ts';
import { configurationOf } from '../cells/columns.ts';
import type { Handlers } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import { writeRunBundle } from '../interchange/run-bundle/write.ts';
import { decodeModelFile } from '../models/codec.ts';
import type { Store } from '../store/database.ts';
import { requireRun } from '../store/runs.ts';
import { wholeTable } from '../views/missing-table.ts';
import { basisOf } from '../views/run-detail.ts';
import type { Analysis } from '../workers/analysis.ts';
import type { ClaimOutput } from './claim-output.ts';
import { exportPath } from './exports.ts';
import { modelRun } from './model-run.ts';

export interface RunBundleDeps extends ContextDeps {
  readonly analysis: Analysis;
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly claimOutput: ClaimOutput;
  /** Folder of what belongs to the user rather than to a workspace: `~/.regimen`. */
  readonly home: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function runBundleHandlers(deps: RunBundleDeps): Pick<Handlers, 'run.export' | 'run.replay'> {
  const { analysis, store, artifacts, claimOutput, home, now } = deps;
  return {
    async 'run.export'({ run, out, overwrite }) {
      const row = requireRun(store, run);
      if (row.status === 'failed') {
        throw new EngineError(
          'conflict',
          `Run ${row.id} can't be bundled: it failed, so there is nothing to replay.`,
        );
      }
      const claimed = out === undefined ? undefined : claimOutput(out, overwrite);
      const { context, training } = await contextOf(deps, row, basisOf(row), 'bundled');
      const model = row.artifact_file === null ? undefined : storedModel(artifacts, row, 'bundled');
      if (model !== undefined) assertOwnModel(row, decodeModelFile(model.bytes, model.file).modelKey);
      const table = wholeTable(row) === undefined ? null : row.results;
      const target = claimed ?? exportPath(home, `run_${row.id}`, now(), '.zip');
      const written = await writeRunBundle(target, {
        run: { uuid: row.uuid, trained_at: new Date(row.created_at).toISOString() },
        configuration: configurationOf(row),
        configHash: row.config_hash,
        trainingKey: row.training_key ?? row.run_key,
        context,
        training,
        model,
        results: table,
        figures: {
          train_rows: row.train_rows,
          rmse: row.rmse,
          mae: row.mae,
          r2: row.r2,
          rank_ic: row.rank_ic,
        },
      });
      return {
        ...modelRun(row),
        file: target,
        withModel: model !== undefined,
        withTable: table !== null,
        ...written,
      };
    },

    async 'run.replay'({ file }) {
      const { manifest, compared, differences, differenceCount } = await analysis.replayRun({ file });
      const { modelType, symbol, timeframe, horizon, daysHistory, target } = manifest.configuration;
      return {
        file,
        run: manifest.run.uuid,
        trainedAt: manifest.run.trained_at,
        modelType,
        symbol,
        timeframe,
        horizon,
        daysHistory,
        target,
        runtime: manifest.runtime,
        compared,
        differences,
        differenceCount,
      };
    },
  };
}
