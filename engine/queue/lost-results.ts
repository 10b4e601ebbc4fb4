import { basename } from 'node:path';
import { declineLost, findLost, type LostResults } from '../checkpoint/lost.ts';
import { counted } from '../contract/counted.ts';
import type { LostResultsDto, RestoredResultsDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { foundText } from '../contract/problems.ts';
import type { Feed } from '../log/feed.ts';
import type { Store } from '../store/database.ts';
import type { LackingTables } from '../store/tables.ts';
import { isActive } from './states.ts';

export interface LostResultsDeps {
  readonly store: Store;
  /** Of checkpoints. */
  readonly folder: string;
  readonly feed: Feed;
  /** Brings a job back from a checkpoint. */
  readonly restore: (path: string) => Promise<RestoredJob>;
}

export interface RestoredJob {
  readonly queueId: number;
  /** Of its runs. */
  readonly withoutTable: LackingTables;
}

/** What checkpoints hold and the database lost: a question that comes before all that could make it worse. */
export interface LostResultsQuestion {
  /** Compares checkpoints with the database: once, when the workspace is opened. */
  find(): void;
  /** What is still to be decided. */
  list(): readonly LostResultsDto[];
  /** @throws EngineError `conflict`, naming what is to be decided before anything is trained or removed */
  assertDecided(): void;
  /** Brings results back, by the name of their checkpoint, else all. @throws as `readCheckpoint` and `restoreCheckpoint`; `not-found` */
  restore(checkpoint?: string): Promise<readonly RestoredResultsDto[]>;
  /** Goes on without them, by the name of their checkpoint, else without all. @throws EngineError `not-found` */
  decline(checkpoint?: string): readonly LostResultsDto[];
  /** Calls back once nothing is to be decided; at once where nothing is. */
  whenDecided(goOn: () => void): void;
}

const SAYS = { source: 'queue/lost-results:lostResults', topic: 'checkpoint' } as const;

export function createLostResults(deps: LostResultsDeps): LostResultsQuestion {
  const { store, feed } = deps;
  let lost: readonly LostResults[] = [];
  let waiting: (() => void)[] = [];

  /** What another process has decided meanwhile is no question any more. */
  function look(): void {
    if (lost.length > 0) lost = findLost(store, deps.folder, ({ state }) => isActive(state));
    if (lost.length > 0) return;
    const due = waiting;
    waiting = [];
    for (const goOn of due) goOn();
  }
  function chosen(name: string | undefined): readonly LostResults[] {
    look();
    const found = lost.filter(({ checkpoint }) => name === undefined || basename(checkpoint.path) === name);
    if (name === undefined || found.length > 0) return found;
    throw new EngineError('not-found', `No checkpoint ${name} holds results that the database lacks.`);
  }
  return {
    find() {
      lost = findLost(store, deps.folder, ({ state }) => isActive(state));
    },
    list() {
      look();
      return lost.map(lostResultsDto);
    },
    assertDecided() {
      look();
      const [first] = lost;
      if (first === undefined) return;
      throw new EngineError(
        'conflict',
        `${lostResultsText(lostResultsDto(first))} Nothing is trained or removed until it is decided whether they are brought back.`,
        { file: first.checkpoint.path, remedy: 'restore-results' },
      );
    },
    async restore(name) {
      const restored: RestoredResultsDto[] = [];
      for (const entry of chosen(name)) {
        const { queueId, withoutTable } = await deps.restore(entry.checkpoint.path);
        const dto = lostResultsDto(entry);
        feed.info(queueId, `${results(dto.missing)} brought back from ${dto.checkpoint}.`, SAYS);
        restored.push({ ...dto, withoutTable, note: lackingTablesText(withoutTable) });
      }
      look();
      return restored;
    },
    decline(name) {
      const wanted = chosen(name);
      for (const entry of wanted) {
        declineLost(entry, deps.folder);
        const { missing, checkpoint } = lostResultsDto(entry);
        feed.warn(null, `${results(missing)} in ${checkpoint} left out.`, SAYS);
      }
      look();
      return wanted.map(lostResultsDto);
    },
    whenDecided(goOn) {
      waiting.push(goOn);
      look();
    },
  };
}

function lostResultsDto({ checkpoint, results, missing, unreadable }: LostResults): LostResultsDto {
  const { queue, created_at } = checkpoint.header;
  return {
    checkpoint: basename(checkpoint.path),
    queueId: queue.id,
    name: queue.name,
    createdAt: created_at,
    results,
    missing,
    unreadable,
  };
}

/** What the database lost, in a sentence or two. */
export function lostResultsText({
  checkpoint,
  queueId,
  name,
  results: held,
  missing,
  unreadable,
}: LostResultsDto): string {
  const damaged = unreadable.length === 0 ? '' : ` (newer, but damaged: ${unreadable.join(', ')})`;
  return `The database lacks ${results(missing)} of job ${queueId} ${foundText(name)} that the checkpoint ${checkpoint} holds, of ${held}${damaged}: it was damaged or cut, or is an older copy.`;
}

/** The same for whoever looks at the workspace. */
export function lostResultsNote(lost: LostResultsDto): string {
  return `${lostResultsText(lost)} Nothing is trained or removed until it is decided: "recovery restore" brings them back, "recovery decline" goes on without them.`;
}

/** How many runs of a restored job have no table of strategies, and what computes them; null where all have theirs. */
export function lackingTablesText({ kept, deleted }: LackingTables): string | null {
  if (kept + deleted === 0) return null;
  const runs = counted(kept + deleted, 'run has', 'runs have');
  const remedies = [
    ...(kept === 0 ? [] : [`evaluating the ${models(kept, 'kept')} again computes them (regimen evaluate)`]),
    ...(deleted === 0
      ? []
      : [`training the ${models(deleted, 'deleted')} again does (regimen evaluate --retrain-deleted)`]),
  ];
  return `${runs} no table of strategies, which no checkpoint holds: ${remedies.join('; ')}. Champions and decisions are complete without.`;
}

const models = (count: number, which: string) =>
  count === 1 ? `${which} model` : `${count} ${which} models`;

const results = (count: number) => `${count} ${count === 1 ? 'result' : 'results'}`;
