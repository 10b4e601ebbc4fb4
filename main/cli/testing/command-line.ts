import { Writable } from 'node:stream';
import { runCli } from '../program.ts';

export { filesOf } from '../../../engine/testing/files.ts';
export { hourlyCsv } from '../../host/testing/hourly-csv.ts';

/** What a command line left behind. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `regimen …` in this process; `terminal` makes stderr one. */
export async function regimen(argv: readonly string[], terminal = false): Promise<Ran> {
  const stdout = captured(false);
  const stderr = captured(terminal);
  const status = await runCli(argv, stdout.stream, stderr.stream);
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

export function captured(isTTY: boolean): { stream: NodeJS.WriteStream; text(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  // The command line writes, and asks whether it writes to a terminal; nothing else of a WriteStream is used.
  const terminal = Object.assign(stream, { isTTY, columns: 120 }) as unknown as NodeJS.WriteStream;
  return { stream: terminal, text: () => chunks.join('') };
}
