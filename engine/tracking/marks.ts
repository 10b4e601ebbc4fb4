import { type MarksDto, UNMARKED } from '../contract/dto/index.ts';
import type { Reader } from '../store/database.ts';
import { allMarks, marksDto, runNumbers } from '../store/marks.ts';
import { findQueue } from '../store/queues.ts';
import { type TrackingRow, trackedOf } from '../store/tracked.ts';
import type { Delivery } from './deliver.ts';
import { jobKey } from './entries/job.ts';
import { ServerRefused } from './rest.ts';

const PREFIX = 'marks/';

interface DueMarks {
  /** Under which it is noted that they were told: `marks/run 9b…`. */
  readonly key: string;
  /** Key of the entry that has them. */
  readonly entry: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What people wrote, as tags of MLflow; what is empty has no mark. */
function tagsOf({ favorite, tags, note }: MarksDto): Record<string, string> {
  return {
    'regimen.favorite': favorite ? 'true' : '',
    'regimen.tags': tags.join(', '),
    'regimen.note': note,
  };
}

/** Marks of what was sent, that are not there as they are here; those that were taken away, too. */
export function marksDue(store: Reader, { id, models_up_to: upTo }: TrackingRow): DueMarks[] {
  const rows = allMarks(store);
  const told = trackedOf(store, id, PREFIX);
  if (rows.length === 0 && told.size === 0) return [];
  const marks = new Map(rows.map((row) => [`${row.kind} ${row.subject}`, marksDto(row)]));
  const subjects = new Set([...marks.keys(), ...[...told.keys()].map((key) => key.slice(PREFIX.length))]);
  const uuids = [...subjects].flatMap((one) => (one.startsWith('run ') ? [one.slice('run '.length)] : []));
  const numbers = runNumbers(store, uuids);
  const entryOf = (one: string): string | undefined => {
    if (one.startsWith('run ')) {
      const number = numbers.get(one.slice('run '.length));
      return number === undefined || number > upTo ? undefined : `model/${number}`;
    }
    const queue = findQueue(store, Number(one.slice('job '.length)));
    return queue === undefined ? undefined : jobKey(queue.id, queue.created_at);
  };
  return [...subjects].flatMap((one) => {
    const entry = entryOf(one);
    const tags = tagsOf(marks.get(one) ?? UNMARKED);
    const text = JSON.stringify([entry, tags]);
    const isTold = told.get(PREFIX + one)?.version === text;
    return entry === undefined || isTold ? [] : [{ key: PREFIX + one, entry, tags, text }];
  });
}

/**
 * Has the runs there have the tags and notes that people wrote here. A run that is not there, since only kept models are sent, is passed by.
 *
 * @throws ServerDown
 */
export async function deliverMarks(
  { mlflow, outbox, workspaceId, experiment }: Omit<Delivery, 'onFilesLeftOut'>,
  due: readonly DueMarks[],
  onRefused: (what: string, reason: string) => void,
): Promise<void> {
  if (due.length === 0) return;
  const experimentId = await mlflow.experiment(experiment);
  for (const { key, entry, tags, text } of due) {
    try {
      // Of models nobody remembers what they were sent as, there are so many.
      const known = outbox.remoteOf(entry);
      const run = known ?? (await mlflow.find(experimentId, `${workspaceId}/${entry}`))[0]?.runId;
      if (run !== undefined) await mlflow.tag(run, tags);
    } catch (error) {
      if (!(error instanceof ServerRefused)) throw error;
      onRefused(`the marks of ${entry}`, error.message);
    }
    outbox.note(key, null, text);
  }
}
