import type { Configuration } from '../../engine/contract/configuration.ts';
import type { QueueDto } from '../../engine/contract/dto/index.ts';
import { isActive, useModelTitle, useQueues } from '../state/index.ts';
import { configurationText, Panel } from '../ui/index.ts';
import classes from './queue.module.css';
import { texts } from './texts/jobs.ts';

const NONE: readonly Configuration[] = [];

/** What each busy thread trains now; of no queue: none does. */
export function Threads({ queue }: { readonly queue: QueueDto | undefined }) {
  const training = useQueues((state) => (queue && state.threads.get(queue.id)) ?? NONE);
  return (
    <Panel
      title={texts.threads}
      actions={
        training.length === 0 ? null : (
          <span className={classes.note}>{texts.trainingAtWork({ training: training.length })}</span>
        )
      }
    >
      {training.length === 0 ? (
        <p className={classes.quiet}>
          {queue !== undefined && isActive(queue) ? texts.starting : texts.noThreadWorksOnThis}
        </p>
      ) : (
        <ol className={classes.threads}>
          {training.map((configuration, thread) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a thread is its number
            <li key={thread}>
              <span className={classes.threadNumber}>{thread + 1}</span>
              <Training configuration={configuration} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Training({ configuration }: { readonly configuration: Configuration }) {
  const { subject, rest } = configurationText(configuration, useModelTitle());
  return (
    <span className={classes.training}>
      {subject}
      <small>{rest}</small>
    </span>
  );
}
