import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { EngineError, toErrorDto } from '../../engine/contract/errors.ts';
import type { LogLevel } from '../../engine/contract/log-level.ts';
import { onDefect, saveOnDefect } from '../host/defects.ts';
import { EXIT_STATUS, EXIT_TRAINING_FAILED } from '../host/exit-status.ts';
import { onHangup, onReaderGone } from '../host/hangup.ts';
import { logLevelOption } from '../host/log-level.ts';
import { workspaceOption } from '../host/workspace-option.ts';
import { type RunningServer, runServer } from './run.ts';

const PROJECT_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('Use 0 to 65535.');
  return port;
}

function rateLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError('Use a whole number from 1.');
  return limit;
}

const { cert, key, ...options } = new Command('regimen-server')
  .description('Serves Regimen to a browser and to other programs, on this machine or over HTTPS.')
  .addOption(workspaceOption(PROJECT_FOLDER))
  .option('--port <number>', 'port on 127.0.0.1; 0 is any free one', portNumber)
  .option('--host <address>', 'address to listen at (127.0.0.1); any other needs --cert and --key')
  .option('--cert <file>', 'certificate for HTTPS, PEM; the server answers to the names in it')
  .option('--key <file>', 'private key of the certificate, PEM')
  .option('--rate-limit <number>', 'requests a minute that a token may make of /api/v1 (600)', rateLimit)
  .option('--open', 'open the default browser')
  .addOption(logLevelOption())
  .parse()
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
