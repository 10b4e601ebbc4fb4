import { EXIT_INTERRUPTED } from '../host/exit-status.ts';
import { onHangup } from '../host/hangup.ts';
import type { Output } from './output.ts';

/**
 * Resolves at the first Ctrl-C (or SIGTERM), when the terminal is closed, or when nobody reads the output any more. A second Ctrl-C ends the
 * process at once. Where what is waited for may end by itself, `ended` says so: nothing keeps the process alive then.
 */
export function untilStopped(
  output: Output,
  ended?: Promise<unknown>,
  stopping = 'Stopping: finishing what is being read. Press Ctrl-C again to stop at once.',
): Promise<void> {
  return new Promise((resolve) => {
    // Nothing else may keep the process alive: it waits for a signal.
    const alive = setInterval(() => undefined, 60_000);
    let isStopping = false;
    const stop = () => {
      if (isStopping) return;
      isStopping = true;
      clearInterval(alive);
      endHangup();
      endReaderGone();
      resolve();
    };
    const onSignal = () => {
      if (isStopping) process.exit(EXIT_INTERRUPTED);
      output.log(stopping);
      stop();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    const endHangup = onHangup(stop);
    const endReaderGone = output.onReaderGone(stop);
    void ended?.then(stop);
  });
}
