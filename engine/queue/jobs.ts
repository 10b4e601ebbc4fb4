import { describeConfiguration } from '../cells/describe.ts';
import type { Configuration } from '../contract/configuration.ts';
import { type JobDto, type QueueDto, UNMARKED } from '../contract/dto/index.ts';
import { cellConfiguration } from '../store/configurations.ts';
import type { Reader } from '../store/database.ts';
import { marksOf } from '../store/marks.ts';
import { requireQueue } from '../store/queues.ts';
import { jobDto, type PresentJob } from '../views/jobs.ts';
import type { Launcher } from './launcher.ts';
import { sideOfCell, storedSearch } from './search-spec.ts';
import { isActive } from './states.ts';

/** Rows of the table of jobs. */
export function createJobRows(
  store: Reader,
  launcher: Pick<Launcher, 'current'>,
): (queue: QueueDto) => JobDto {
  function presentOf(queue: QueueDto): PresentJob | undefined {
    if (!isActive(queue.state)) return undefined;
    const running = launcher.current(queue.id)?.present();
    if (running === undefined) return elsewhere(queue);
    const { seconds, remainingSeconds, training, first } = running;
    const [configuration] = training;
    const currentModel =
      configuration === undefined || first === null ? null : modelText(queue, first, configuration);
    return { seconds, remainingSeconds, currentModel };
  }

  /** What another process trains is, of all that is left, in all likelihood the first. */
  function elsewhere(queue: QueueDto): PresentJob {
    const { seconds, completed, failed, pending, currentIndex } = queue;
    const done = completed + failed;
    const remainingSeconds = done === 0 ? null : (seconds / done) * pending;
    return {
      seconds,
      remainingSeconds,
      currentModel: currentIndex === null ? null : modelAt(queue, currentIndex - 1),
    };
  }

  function modelAt(queue: QueueDto, index: number): string | null {
    const configuration = cellConfiguration(store, queue.id, index);
    return configuration === undefined ? null : modelText(queue, index, configuration);
  }

  /** Of a search of two models which of them, too. */
  function modelText({ id, kind }: QueueDto, index: number, configuration: Configuration): string {
    const side = kind === 'search' ? sideOfCell(storedSearch(requireQueue(store, id)), index) : undefined;
    const text = describeConfiguration(configuration);
    return side === undefined ? text : `${text}, ${side.toUpperCase()}`;
  }

  return (queue) => {
    const subject = String(queue.id);
    return jobDto(queue, presentOf(queue), marksOf(store, 'job', [subject]).get(subject) ?? UNMARKED);
  };
}
