import { modelType } from '../models/catalog.ts';
import { memberSplits } from '../models/members.ts';
import type { Member, SumsUpdating, Updating } from '../models/model.ts';
import { type BatchContext, foldContext } from './context.ts';
import { fitMembers } from './fit-members.ts';
import { type FittedMembers, fitSides } from './fit-sides.ts';
import type { CompletedRefit, RefitJob } from './job.ts';
import { modelFileOf } from './model-file.ts';
import { lastUpdate } from './updated-members.ts';
import { trainingRows } from './windows.ts';

/**
 * Trains a model on all that its window has, or goes on with one that was, and tests nothing. Pure: the same context and job give the same
 * bytes.
 * @throws EngineError `training-failed` when the configuration can't be trained
 */
export function runRefit(base: BatchContext, job: RefitJob): Omit<CompletedRefit, 'seconds'> {
  const context = foldContext(base, job.evaluation);
  const { fit, ...rest } = fitted(context, job);
  return {
    status: 'refitted',
    index: job.index,
    trainRows: fit.window.to - fit.window.from,
    ...rest,
    artifact: modelFileOf(context, job, fit),
  };
}

type Fitted = Pick<CompletedRefit, 'newRows' | 'sums' | 'moved' | 'trees'> & { readonly fit: FittedMembers };

function fitted(context: BatchContext, job: RefitJob): Fitted {
  const updating: Updating<unknown, Member> = modelType(job.configuration.modelType).updating;
  const { update, earlier = [] } = job;
  if (update !== undefined && updating.kind === 'sums') return ofSums(context, job, updating, update.sums);
  if (update?.members !== undefined && earlier.length > 0) {
    return lastUpdate(context, { ...job, earlier }, update.members);
  }
  return { fit: fitMembers(context, job), newRows: newRowsOf(context, job) };
}

function newRowsOf(
  { candles }: BatchContext,
  { configuration: { horizon }, training, earlier }: RefitJob,
): number {
  const last = earlier?.at(-1);
  if (last === undefined) return 0;
  return Math.max(0, trainingRows(candles, training, horizon).to - trainingRows(candles, last, horizon).to);
}

/** Members that are functions of sums: what a fit on the window gives, by moving the sums of another window where there are some. */
function ofSums(
  context: BatchContext,
  job: RefitJob,
  updating: SumsUpdating<unknown, Member>,
  before: readonly Uint8Array[] | undefined,
): Fitted {
  const { horizon } = job.configuration;
  const window = trainingRows(context.candles, job.training, horizon);
  const splits = memberSplits(window, context.spec.settings.members, horizon);
  const all: ReturnType<typeof updating.fit>[] = [];
  const fit = fitSides(context, job, { window, splits }, (_type, sets, hyperparameters, first) => {
    const own = sets.map((data, k) => updating.fit(data, hyperparameters, before?.[first + k]));
    all.push(...own);
    return own.map(({ member }) => member);
  });
  const sums = all.flatMap((one) => one.sums ?? []);
  const moved = all.flatMap((one) => one.moved ?? []);
  const total = (name: 'added' | 'dropped') => moved.reduce((sum, one) => sum + one[name], 0);
  return {
    fit,
    newRows: newRowsOf(context, job),
    ...(sums.length === all.length && { sums }),
    ...(moved.length === all.length && { moved: { added: total('added'), dropped: total('dropped') } }),
  };
}
