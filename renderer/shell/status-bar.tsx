import { useQueues, useUi } from '../state/index.ts';
import { formatDuration, formatProgress } from '../ui/index.ts';
import classes from './shell.module.css';
import { texts } from './texts.ts';

const CONNECTION = texts.connection;

/** Always in sight: the engine's state and how far training is. */
export function StatusBar() {
  const connection = useUi((ui) => ui.connection);
  const running = useQueues((state) =>
    state.queues?.find((queue) => queue.state === 'running' || queue.state === 'pausing'),
  );
  const progress = useQueues((state) => (running === undefined ? undefined : state.progress.get(running.id)));
  return (
    <footer className={classes.status} data-state={connection === 'refused' ? 'lost' : connection}>
      <span className={classes.connection} role="status">
        {CONNECTION[connection]}
      </span>
      {running === undefined ? (
        <span>{texts.nothingIsTraining}</span>
      ) : (
        <>
          <span className={classes.statusName}>{running.name}</span>
          <progress
            className={classes.statusProgress}
            value={running.progress}
            aria-label={texts.progressOf({ name: running.name })}
          />
          <span>{formatProgress(running.progress)}</span>
          {progress === undefined ? null : (
            <span>
              {texts.remainingSecondsLeft({ remainingSeconds: formatDuration(progress.remainingSeconds) })}
            </span>
          )}
        </>
      )}
    </footer>
  );
}
