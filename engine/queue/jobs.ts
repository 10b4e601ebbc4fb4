import { describeConfiguration } from '../cells/describe.ts';
import type { JobDto, QueueDto } from '../contract/dto/index.ts';
import { cellConfiguration } from '../store/configurations.ts';
import type { Reader } from '../store/database.ts';
import { jobDto, type PresentJob } from '../views/jobs.ts';
import type { Launcher } from './launcher.ts';
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
    const { seconds, remainingSeconds, training } = running;
    const [first] = training;
    const currentModel = first === undefined ? null : describeConfiguration(first);
    return { seconds, remainingSeconds, currentModel };
  }

  /** What another process trains is, of all that is left, in all likelihood the first. */
  function elsewhere({ id, seconds, completed, failed, pending, currentIndex }: QueueDto): PresentJob {
    const done = completed + failed;
    const remainingSeconds = done === 0 ? null : (seconds / done) * pending;
    return {
      seconds,
      remainingSeconds,
      currentModel: currentIndex === null ? null : modelAt(id, currentIndex - 1),
    };
  }

  function modelAt(queueId: number, index: number): string | null {
    const configuration = cellConfiguration(store, queueId, index);
    return configuration === undefined ? null : describeConfiguration(configuration);
  }

  return (queue) => jobDto(queue, presentOf(queue));
}
