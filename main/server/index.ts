import { fileURLToPath } from 'node:url';
import { EngineError, toErrorDto } from '../../engine/contract/errors.ts';
import type { LogLevel } from '../../engine/contract/log-level.ts';
import { onDefect, saveOnDefect } from '../host/defects.ts';
import { EXIT_STATUS, EXIT_TRAINING_FAILED } from '../host/exit-status.ts';
import { onHangup, onReaderGone } from '../host/hangup.ts';
import { endPatience } from '../host/patient-start.ts';
import { serverCommand } from '../host/server-command.ts';
import { type RunningServer, runServer } from './run.ts';

const PROJECT_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

// `regimen serve` starts here as well: main/launch/regimen.mjs.
const isCommand = process.argv[2] === 'serve';

const { cert, key, ...options } = serverCommand(
  isCommand ? 'regimen serve' : 'regimen-server',
  PROJECT_FOLDER,
)
  .parse(process.argv.slice(isCommand ? 3 : 2), { from: 'user' })
  .opts<{
    workspace: string;
    port?: number;
    host?: string;
    cert?: string;
    key?: string;
    rateLimit?: number;
    open?: boolean;
    logLevel?: LogLevel;
  }>();

let running: RunningServer | undefined;
onDefect((error) => {
  process.stderr.write(`error: ${saveOnDefect(running?.engine, error, 'server/index:onDefect')}\n`);
  process.exit(EXIT_TRAINING_FAILED);
});

try {
  if ((cert === undefined) !== (key === undefined)) {
    throw new EngineError('invalid-input', 'HTTPS needs both --cert and --key, found one of them.');
  }
  const server = await runServer({
    ...options,
    ...(cert !== undefined && key !== undefined && { tls: { cert, key } }),
  });
  running = server;
  endPatience();
  let closing = false;
  const stop = () => {
    // A second signal does not wait.
    if (closing) process.exit(1);
    closing = true;
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`error: ${toErrorDto(error).message}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  onHangup(() => {
    if (!closing) stop();
  });
  onReaderGone(() => undefined);
  for (const note of server.engine.notes()) process.stderr.write(`warning: ${note}\n`);
  process.stdout.write(`Regimen is ready: ${server.link}\n`);
} catch (error) {
  const { code, message } = toErrorDto(error);
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = EXIT_STATUS[code];
}
