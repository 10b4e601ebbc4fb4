import { type BoundFold, createFoldBinder, type FoldSubject } from '../binding/folds.ts';
import { windowDays } from '../binding/settings.ts';
import { withSplit } from '../config/split.ts';
import type { FoldJob } from '../pipeline/job.ts';
import type { TimeRange } from '../pipeline/windows.ts';
import { modelOfVersion, type VersionRow } from '../store/versions.ts';
import { decodeFold } from '../validation/fold-blob.ts';
import type { FoldRules } from '../validation/fold-rules.ts';
import { foldCells, testWindowName } from '../validation/fold-windows.ts';
import type { Fold } from '../validation/folds.ts';
import { earlierWindows, updateDays } from '../validation/spec.ts';
import type { TestedWindows } from '../validation/verdicts.ts';
import { startTraining } from '../workers/training.ts';
import type { RegistryDeps } from './deps.ts';

const DAY_MS = 86_400_000;

/**
 * What a version does in test windows that somebody else is tested in: trained anew before each, as the gate does with versions. Windows
 * that too little lies before, or whose model can't be trained, are left out.
 */
export async function rivalIn(
  deps: RegistryDeps,
  row: VersionRow,
  tests: readonly TimeRange[],
): Promise<TestedWindows['counted']> {
  const { library, trainer } = deps;
  const { configuration, strategy, updates } = modelOfVersion(row);
  const config = withSplit(deps.config(), () => configuration.daysHistory);
  const binder = createFoldBinder(library, config);
  const market = binder.market(configuration);
  const { selectionDays } = windowDays(config);
  const days = binder.trainingDays(configuration.daysHistory);
  const before = updateDays(updates);
  const folds = tests.flatMap((test, index): Fold[] => {
    const to = test.from - selectionDays * DAY_MS;
    const training = { from: to - days * DAY_MS, to };
    return training.from - before * DAY_MS < market.earliest
      ? []
      : [{ index, kind: 'rolling', model: index, training, test }];
  });
  const subject: FoldSubject = {
    configuration,
    strategy,
    regime: row.regime,
    days: days + before,
    ...(updates && { updates }),
  };
  const rules: FoldRules = {
    scheme: 'own',
    expandingWindow: false,
    selectionDays,
    trainDays: days,
    testPeriodDays: 0,
    folds: null,
  };
  const cells = foldCells(folds, rules, market.candles, 0);
  const jobs = cells.map(({ fold, asOf, windows }) => {
    const bound = binder.bind(subject, { asOf, windows, tests: [testWindowName(fold)] });
    const { configHash, trainingKey } = bound;
    const job: FoldJob = {
      index: fold,
      configuration,
      ...windows,
      configHash,
      trainingKey,
      scope: row.regime,
      ...(updates && { earlier: earlierWindows({ updates, rules }, windows.training) }),
    };
    return { bound, job };
  });
  const groups = [...Map.groupBy(jobs, ({ bound }) => bound.contextKey)];
  const found = new Map<number, TestedWindows['counted'][number]>();
  await startTraining<FoldJob>({
    trainer: trainer(),
    batches: groups.map(([contextKey, of]) => ({ contextKey, cells: of.map(({ job }) => job) })),
    contextSpec: ({ contextKey }) =>
      binder.contextSpec(
        { configuration },
        groups.find(([key]) => key === contextKey)![1].map(({ bound }): BoundFold => bound),
      ),
    maxSecondsPerCell: config.queue.max_minutes_per_model * 60,
    onThread: () => undefined,
    onResult(outcome) {
      if (outcome.status === 'failed') return;
      const { index, windows } = outcome;
      const window = windows.find((one) => one.window === testWindowName(index))!;
      found.set(index, { test: tests[index]!, result: decodeFold(window.bytes) });
    },
  }).done;
  return tests.flatMap((_, index) => found.get(index) ?? []);
}
