import type { GateReportDto, StageDto, TrainedNameDto } from '../contract/dto/index.ts';
import { TRAINING_STAGES, type TrainingStage } from '../contract/registry.ts';
import type { TrainWishes } from './train.ts';

/** Told how a production training goes. */
export interface TrainingFollower {
  begins(names: readonly string[]): void;
  enters(name: string, stage: TrainingStage): void;
  /** A job works on the stage that was entered last. */
  works(name: string, queueId: number): void;
  ends(name: string, result: TrainedNameDto): void;
}

/** Stages before anything has begun; of what an earlier process did, the jobs. */
export function freshStages(
  { optimize }: Pick<TrainWishes, 'optimize'>,
  before: readonly StageDto[] = [],
): StageDto[] {
  return TRAINING_STAGES.map((stage) => {
    const isLeftOut = stage === 'search' && !optimize;
    return {
      stage,
      state: isLeftOut ? 'left_out' : 'pending',
      text: isLeftOut ? 'No search was asked for.' : null,
      queueIds: before.find((one) => one.stage === stage)?.queueIds ?? [],
    };
  });
}

/** One is at work: those before it are done. */
export function entered(stages: readonly StageDto[], now: TrainingStage): StageDto[] {
  const at = TRAINING_STAGES.indexOf(now);
  return stages.map((one, i) => {
    if (i === at) return { ...one, state: 'running' };
    return i < at && one.state === 'running' ? { ...one, state: 'done' } : one;
  });
}

export function worked(stages: readonly StageDto[], queueId: number): StageDto[] {
  return stages.map((one) =>
    one.state === 'running' && !one.queueIds.includes(queueId)
      ? { ...one, queueIds: [...one.queueIds, queueId] }
      : one,
  );
}

/** How each stage ended. */
export function endedStages(
  stages: readonly StageDto[],
  { status, version, report, error }: TrainedNameDto,
): StageDto[] {
  if (report === null) {
    const at = stages.findIndex(({ state }) => state === 'running');
    return stages.map((one, i) =>
      i === Math.max(0, at) ? { ...one, state: 'failed', text: error?.message ?? null } : one,
    );
  }
  const says: Readonly<Partial<Record<TrainingStage, Pick<StageDto, 'state' | 'text'>>>> = {
    validate: asked(report, (part) => part !== 'comparison'),
    compare: asked(report, (part) => part === 'comparison'),
    promote:
      status === 'promoted'
        ? { state: 'done', text: `Version ${version} is in production.` }
        : status === 'passed'
          ? { state: 'left_out', text: 'It would be put in charge; nothing is promoted in a dry run.' }
          : { state: 'refused', text: 'Nothing was put in charge.' },
  };
  return stages.map((one) => {
    const end = says[one.stage];
    if (end !== undefined) return { ...one, ...end };
    const isEnded = one.state === 'running' || one.state === 'pending';
    const done: StageDto = isEnded ? { ...one, state: 'done' } : one;
    if (done.stage !== 'train') return done;
    const before = done.queueIds.length === 0 ? 'It was trained on these bars already. ' : '';
    return { ...done, text: `${before}Refitted up to the newest bar it is version ${version}.` };
  });
}

/** What the lines of the gate that belong to a stage came to. */
function asked(
  { lines }: GateReportDto,
  belongs: (part: GateReportDto['lines'][number]['part']) => boolean,
): Pick<StageDto, 'state' | 'text'> {
  const own = lines.filter(({ part }) => belongs(part));
  const missed = own.filter(({ state }) => state === 'missed');
  const [first] = own;
  if (missed.length > 0) {
    const [only] = missed;
    const text = missed.length === 1 ? only!.text : `Missed: ${missed.map(({ title }) => title).join(', ')}.`;
    return { state: 'refused', text };
  }
  return { state: first?.state === 'skipped' ? 'left_out' : 'done', text: first?.text ?? null };
}
