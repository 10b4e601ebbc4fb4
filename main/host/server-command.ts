import { Command, InvalidArgumentError } from 'commander';
import { logLevelOption } from './log-level.ts';
import { workspaceOption } from './workspace-option.ts';

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

/**
 * The command that starts the server: `regimen-server`, or `serve` of the command line.
 *
 * @param project the folder that Regimen lies in
 */
export function serverCommand(name: string, project: string): Command {
  return new Command(name)
    .description('serve Regimen to a browser and to other programs, on this machine or over HTTPS')
    .addOption(workspaceOption(project))
    .option('--port <number>', 'port on 127.0.0.1; 0 is any free one', portNumber)
    .option('--host <address>', 'address to listen at (127.0.0.1); any other needs --cert and --key')
    .option('--cert <file>', 'certificate for HTTPS, PEM; the server answers to the names in it')
    .option('--key <file>', 'private key of the certificate, PEM')
    .option('--rate-limit <number>', 'requests a minute that a token may make of /api/v1 (600)', rateLimit)
    .option('--open', 'open the default browser')
    .addOption(logLevelOption());
}
