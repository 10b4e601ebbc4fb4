import { EngineError } from '../contract/errors.ts';
import { modelType } from '../models/catalog.ts';
import { type MemberSplit, MIN_TRAINING_ROWS, memberSplits } from '../models/members.ts';
import type { Member, RowRange, Updating } from '../models/model.ts';
import type { BatchContext } from './context.ts';
import { type FittedMembers, fitSides, type MemberRows } from './fit-sides.ts';
import type { CellJob, CompletedRefit, Moved } from './job.ts';
import { rowsWithin, type TimeRange, trainingRows } from './windows.ts';

/**
 * A fit and the updates after it, as they were done: each window's rows, cut for members, and the share of them that is new.
 *
 * Member k leaves out what it left out when it was fitted, and never learns from it: its trees of then stay, so that any other block would
 * be one that it knows by heart. What came since, all members learn from.
 */
interface Step extends MemberRows {
  readonly newRows: number;
}

function stepsOf(context: BatchContext, { configuration }: CellJob, windows: readonly TimeRange[]): Step[] {
  const { horizon } = configuration;
  const [first, ...later] = windows.map((window) => trainingRows(context.candles, window, horizon));
  const blocks = memberSplits(first!, context.spec.settings.members, horizon);
  const known = (i: number) => [first!, ...later][i]!.to;
  return [
    { window: first!, splits: blocks, features: featuresAsOf(context, windows[0]!), newRows: 0 },
    ...later.map((window, i): Step => {
      const splits = blocks.map(({ leftOut }) => splitAround(window, leftOut, horizon));
      const features = featuresAsOf(context, windows[i + 1]!);
      return { window, splits, features, update: i + 1, newRows: Math.max(0, window.to - known(i)) };
    }),
  ];
}

/** All of a window but a block of it, and the rows whose labels share bars with those of the block. */
function splitAround(window: RowRange, block: RowRange, purge: number): MemberSplit {
  const leftOut = { from: Math.max(block.from, window.from), to: Math.min(block.to, window.to) };
  const train = [
    { from: window.from, to: leftOut.from - purge },
    { from: leftOut.to + purge, to: window.to },
  ].filter(({ from, to }) => to > from);
  const left = train.reduce((sum, { from, to }) => sum + to - from, 0);
  if (leftOut.to > leftOut.from && left >= MIN_TRAINING_ROWS) return { train, leftOut };
  throw new EngineError(
    'training-failed',
    "The training window has moved past the block that one of the members left out when it was fitted, so that it can't be judged any more. Train the model anew.",
  );
}

/** The features as they were when a window was what there was to learn from: bins are made of no later row. */
function featuresAsOf({ candles, features: { matrix } }: BatchContext, window: TimeRange) {
  const fitEnd = rowsWithin(candles, window).to;
  return matrix.fitEnd === fitEnd ? matrix : { ...matrix, fitEnd };
}

/** What a fit on the first window and an update on each later one come to. @throws as `fitMembers` */
export function replayUpdates(
  context: BatchContext,
  job: CellJob,
  earlier: readonly TimeRange[],
): FittedMembers {
  const [first, ...later] = stepsOf(context, job, [...earlier, job.training]) as [Step, ...Step[]];
  let done = fitSides(context, job, first);
  for (const step of later) {
    done = updated(
      context,
      job,
      step,
      done.fitted.map(({ member }) => member),
    );
  }
  return done;
}

/**
 * The last of these updates alone, of members that the others came to; and the rows that came since.
 * @throws as `fitMembers`
 */
export function lastUpdate(
  context: BatchContext,
  job: CellJob & Required<Pick<CellJob, 'earlier'>>,
  members: readonly Uint8Array[],
): Pick<CompletedRefit, 'newRows' | 'trees'> & { readonly fit: FittedMembers } {
  const type = modelType(job.configuration.modelType);
  const step = stepsOf(context, job, [...job.earlier, job.training]).at(-1)!;
  const before = members.map((bytes): Member => type.decode(bytes));
  const trees = { added: 0, dropped: 0 };
  const fit = updated(context, job, step, before, ({ added, dropped }) => {
    trees.added += added;
    trees.dropped += dropped;
  });
  return { fit, newRows: step.newRows, trees };
}

function updated(
  context: BatchContext,
  job: CellJob,
  step: Step,
  before: readonly Member[],
  onTrees?: (moved: Moved) => void,
): FittedMembers {
  const { window, newRows } = step;
  const share = Math.min(1, newRows / (window.to - window.from));
  return fitSides(context, job, step, (type, sets, hyperparameters, first) => {
    // Where nothing came in between, as over a gap in the candles, nothing is to be learned.
    if (share === 0) return before.slice(first, first + sets.length);
    const updating: Updating<unknown, Member> = type.updating;
    if (updating.kind !== 'trees') {
      throw new EngineError('internal', `Expected a model of trees to update, found ${type.name}.`);
    }
    return sets.map((data, k) => {
      onTrees?.(updating.trees(hyperparameters, share));
      return updating.update(before[first + k]!, data, hyperparameters, share);
    });
  });
}
