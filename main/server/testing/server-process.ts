import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../../..');
const START_LINE = /^Regimen is ready: (\S+)$/m;

export interface ServerProcess {
  /** The start link with its token. */
  readonly link: string;
  readonly origin: string;
  readonly token: string;
  readonly child: ChildProcess;
  /** Asks it to end as Ctrl+C does, and resolves to its exit status. */
  stop(): Promise<number | null>;
  /** Ends it as a power failure does. */
  kill(): Promise<void>;
}

/** Starts the real server as its own process, or a program like it; resolves when it has printed its link. */
export async function startServerProcess(
  workspace: string,
  env: Readonly<Record<string, string>> = {},
  program = 'main/launch/server.mjs',
  more: readonly string[] = [],
): Promise<ServerProcess> {
  const args = ['--workspace', workspace, '--port', '0', ...more];
  const child = spawn(process.execPath, [join(PROJECT, program), ...args], {
    cwd: PROJECT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let output = '';
  const link = await new Promise<string>((resolve, reject) => {
    const read = (data: Buffer) => {
      output += data.toString('utf8');
      const line = START_LINE.exec(output);
      if (line !== null) resolve(line[1]!);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    void exited.then(([code]) => reject(new Error(`The server ended with status ${code}:\n${output}`)));
  });
  const { origin, searchParams } = new URL(link);
  return {
    link,
    origin,
    token: searchParams.get('token') ?? '',
    child,
    async stop() {
      child.kill('SIGINT');
      return (await exited)[0];
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
