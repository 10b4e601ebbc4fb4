/** What of a process is asked here. */
export interface Surroundings {
  readonly stdout: {
    readonly isTTY?: boolean;
    on(event: 'error', listener: (error: Error) => void): unknown;
  };
  readonly stderr: Surroundings['stdout'];
  on(event: 'SIGHUP', listener: () => void): unknown;
  off(event: 'SIGHUP', listener: () => void): unknown;
}

/**
 * Calls `stop` when the terminal that shows what the process writes goes away. A process that writes to no terminal, started by
 * nohup say, lives on: Node takes back what nohup did about the signal, so it has to be done again. Returns the function that
 * ends this.
 */
export function onHangup(stop: () => void, around: Surroundings = process): () => void {
  // As it was when the process began: afterwards the terminal is gone.
  const isShown = around.stdout.isTTY === true || around.stderr.isTTY === true;
  const listener = () => {
    if (isShown) stop();
  };
  around.on('SIGHUP', listener);
  return () => around.off('SIGHUP', listener);
}

const GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO', 'ENXIO', 'ECONNRESET']);

/**
 * Keeps what can't be written to stdout and stderr from ending the process; calls `gone` when whoever reads one of them is there no more:
 * `| head` has seen enough, or the terminal was closed.
 */
export function onReaderGone(
  gone: () => void,
  around: Pick<Surroundings, 'stdout' | 'stderr'> = process,
): void {
  for (const stream of [around.stdout, around.stderr]) {
    stream.on('error', (error) => {
      if (GONE.has((error as NodeJS.ErrnoException).code)) gone();
    });
  }
}
