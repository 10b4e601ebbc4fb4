import type {
  TrainedNameDto,
  TrainingDto,
  TrainingNameDto,
  TrainingSummaryDto,
} from '../contract/dto/index.ts';
import { modelName } from '../contract/model-name.ts';
import { storedJson } from '../contract/stored-json.ts';
import { livenessOf, type Owner, type ProcessTable } from '../queue/owner.ts';
import { type AskedTraining, askedAgain, wishesOf } from '../registry/asked.ts';
import type { TrainingRow } from '../store/submissions.ts';

/** Numbers of the queue's jobs that a training has made, oldest first. */
export function jobsOf({ id, jobs }: TrainingRow): number[] {
  return storedJson<number[]>(jobs, `the jobs of training ${id}`);
}

export function namesOf({ id, names }: TrainingRow): TrainingNameDto[] {
  return storedJson<TrainingNameDto[]>(names, `the results of training ${id}`);
}

/** What it came to so far. */
export function resultsOf(row: TrainingRow): TrainedNameDto[] {
  return namesOf(row).flatMap(({ result }) => result ?? []);
}

export function askedOf({ id, wishes }: TrainingRow): AskedTraining {
  return storedJson<AskedTraining>(wishes, `the wishes of training ${id}`);
}

/** `EURUSD H1`, or that it is about every name. */
export function titleOf(asked: AskedTraining): string {
  const { place } = wishesOf(asked);
  return place === undefined ? 'Every name in production' : modelName(place);
}

/** Whether the process that began it has ended: it is not at work, whatever its row says. */
export function isLeft({ id, owner }: TrainingRow, processes: ProcessTable): boolean {
  if (owner === null) return true;
  return livenessOf(storedJson<Owner>(owner, `the owner of training ${id}`), processes) === 'dead';
}

/** What a command's training ends with where the command was killed. */
export const COMMAND_ENDED =
  'The command was ended before it was done. Asked for once more, it goes on with what is computed.';

interface Looking {
  readonly processes: ProcessTable;
  /** Whether who looks is the one that does what is asked for. */
  readonly isHost: boolean;
}

/** As it is seen: what a process left behind when it ended is not at work. */
export function trainingDto(row: TrainingRow, { processes, isHost }: Looking): TrainingDto {
  const asked = askedOf(row);
  const left = row.state === 'running' && isLeft(row, processes);
  const wasCommand = left && row.origin === 'command line';
  const state = wasCommand ? 'interrupted' : left ? 'pending' : row.state;
  const begins = row.started_at === null ? 'Begins' : 'Goes on';
  return {
    id: row.id,
    title: titleOf(asked),
    origin: row.origin,
    schedule: row.schedule,
    state,
    waitingFor:
      state !== 'pending'
        ? null
        : isHost
          ? `${begins} when its turn comes: production trainings are done one at a time.`
          : `${begins} when a window or server is open on the workspace.`,
    asked: askedAgain(asked),
    names: namesOf(row),
    createdAt: iso(row.created_at),
    startedAt: row.started_at === null ? null : iso(row.started_at),
    endedAt: row.finished_at === null ? null : iso(row.finished_at),
    error: wasCommand ? COMMAND_ENDED : row.error,
  };
}

/** As lists have it. */
export function trainingSummary(row: TrainingRow, looking: Looking): TrainingSummaryDto {
  const { names, ...training } = trainingDto(row, looking);
  return {
    ...training,
    names: names.map((one) => ({ ...one, result: one.result && summaryOf(one.result) })),
  };
}

function summaryOf({ report: _report, hyperparameters: _, ...result }: TrainedNameDto) {
  return result;
}

const iso = (time: number) => new Date(time).toISOString();
