import { fileURLToPath } from 'node:url';
import { Command, CommanderError, Option } from 'commander';
import { createEngine, type Engine } from '../../engine/app.ts';
import { EngineError, toErrorDto } from '../../engine/contract/errors.ts';
import type { LogLevel } from '../../engine/contract/log-level.ts';
import { onDefect, saveOnDefect } from '../host/defects.ts';
import { EXIT_INPUT_ERROR, EXIT_STATUS, EXIT_SUCCESS, EXIT_TRAINING_FAILED } from '../host/exit-status.ts';
import { logLevelOption } from '../host/log-level.ts';
import { endPatience } from '../host/patient-start.ts';
import { serverCommand } from '../host/server-command.ts';
import { workspaceOption } from '../host/workspace-option.ts';
import { inCommandWords } from './command-words.ts';
import type { CliCommand, CommandInput } from './commands/command.ts';
import { COMMANDS } from './commands/index.ts';
import { createOutput, errorDocument, type Output } from './output.ts';
import { printable } from './printable.ts';

/** The folder Regimen itself lies in: the default workspace. */
const PROJECT_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

interface GlobalOptions {
  readonly workspace: string;
  readonly json?: boolean | undefined;
  readonly logLevel?: LogLevel | undefined;
}

/** Runs one command line; resolves to the exit status. Results go to stdout, everything else to stderr. */
export async function runCli(
  argv: readonly string[],
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
): Promise<number> {
  let status = EXIT_SUCCESS;
  const program = commandProgram(stdout, stderr, async (definition, input, { workspace, json, logLevel }) => {
    const output = createOutput({ json: json === true, level: logLevel }, stdout, stderr);
    status = await execute(definition, workspace, logLevel, input, output);
  });

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help is a result; everything else is a command line that commander has already explained on stderr.
    if (error.exitCode === 0) return EXIT_SUCCESS;
    if (argv.includes('--json')) {
      const message = error.message.replace(/^error: /, '');
      stdout.write(errorDocument({ code: 'invalid-input', message, details: {} }));
    }
    return EXIT_INPUT_ERROR;
  }
  return status;
}

/** Reads command lines: what stands behind a command's name is handed on by name, as the command takes it. */
export function commandProgram(
  stdout: Pick<NodeJS.WriteStream, 'write'>,
  stderr: Pick<NodeJS.WriteStream, 'write'>,
  onCommand: (definition: CliCommand, input: CommandInput, options: GlobalOptions) => Promise<void>,
): Command {
  const program = new Command('regimen')
    .description('Trains, backtests and selects grids of forex models, one market regime at a time.')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(printable(text)),
    })
    .showHelpAfterError('(add --help for what the command takes)')
    .exitOverride();
  for (const definition of COMMANDS) {
    const command = addCommand(program, definition);
    command.action(async () => {
      const { workspace, json, logLevel, ...input } = command.opts<GlobalOptions & Record<string, unknown>>();
      const args = command.processedArgs as (string | string[])[];
      definition.positionals.forEach(({ name }, i) => {
        input[name] = args[i];
      });
      await onCommand(definition, input, { workspace, json, logLevel });
    });
  }
  nameCommandsOfGroups(program);
  // Listed here, and started by main/launch/regimen.mjs before any of this is read: the server is a host beside this one.
  const serve = serverCommand('serve', PROJECT_FOLDER);
  program.addCommand(serve.action(() => serve.error('error: use main/launch/regimen.mjs serve')));
  return program;
}

/** Behind the name of a group that does nothing by itself, one of its commands is missing, whatever stands there instead. */
function nameCommandsOfGroups(parent: Command, before: readonly string[] = []): void {
  for (const group of parent.commands) {
    const path = [...before, group.name()];
    if (group.commands.length === 0) continue;
    nameCommandsOfGroups(group, path);
    if (COMMANDS.some((command) => command.path.join() === path.join())) continue;
    const names = group.commands.map((command) => command.name()).join(', ');
    group.showHelpAfterError(
      `(after ${path.join(' ')} comes one of its commands: ${names}; add --help for what they do)`,
    );
  }
}

function addCommand(program: Command, definition: CliCommand): Command {
  const name = definition.path.at(-1)!;
  const parent = definition.path.slice(0, -1).reduce((at, group) => {
    const known = at.commands.find((c) => c.name() === group);
    return (
      known ??
      at
        .command(group)
        .description(GROUPS[group]!)
        .aliases(OLD_GROUP_NAMES[group] ?? [])
    );
  }, program);
  // A command may have further ones below it: options that stand behind their name are theirs.
  parent.enablePositionalOptions();
  const command = parent.command(name).description(definition.summary);
  for (const { name: argument, description, optional, several } of definition.positionals) {
    const name = several ? `${argument}...` : argument;
    command.argument(optional ? `[${name}]` : `<${name}>`, description);
  }
  for (const option of definition.options) command.addOption(option);
  command.addOption(workspaceOption(PROJECT_FOLDER));
  command.addOption(logLevelOption());
  command.addOption(new Option('--json', 'print one JSON document on stdout'));
  return command;
}

const MOST_THREADS = 256;

/**
 * @param redis where workers elsewhere are met: with them this machine may have no thread at all
 * @throws EngineError `invalid-input`
 */
function threadsOf(parallel: unknown, redis: string | undefined): number | undefined {
  if (parallel === undefined) return undefined;
  const threads = Number(parallel);
  const least = redis === undefined ? 1 : 0;
  if (Number.isInteger(threads) && threads >= least && threads <= MOST_THREADS) return threads;
  throw new EngineError(
    'invalid-input',
    `--parallel: expected a whole number from 1 to ${MOST_THREADS}, or 0 with --redis, found ${JSON.stringify(parallel)}.`,
  );
}

const GROUPS: Readonly<Record<string, string>> = {
  market: 'import, watch, inspect, list, remove and bring back candles',
  model: 'export and import models, and the features to train one on',
  production: 'versions of models: which one runs, since when, why, and what was before',
  forward: 'versions in production that trade on paper, beside what walk-forward promised',
  alert: 'who is told when a signal, a regime, a version, a job or the data changes',
  statement: 'real accounts beside what was traded on paper',
  schedule: 'production trainings that begin by themselves',
  survival:
    'what survives: how likely a champion makes money in its next window, learned from validated grids',
  tracking: 'what an MLflow server is told of the workspace',
  grid: 'look at a grid before training it',
  validate: 'walk-forward validation: what models earn on bars that they never learned from',
  regimes: 'market regimes',
  worker: 'train for hosts elsewhere, and see who does',
  token: 'who may use the server from other programs',
  views: 'columns, orders and filters of tables under a name',
  save: 'keep a view of a table',
  jobs: 'list and steer the jobs of the Training Queue',
  recovery: 'jobs that a crash stopped, and results that it cost',
  config: 'the configuration of the workspace',
};

/** What groups were called in earlier releases. */
const OLD_GROUP_NAMES: Readonly<Record<string, readonly string[]>> = { jobs: ['queue'] };

async function execute(
  definition: CliCommand,
  workspace: string,
  logLevel: LogLevel | undefined,
  input: CommandInput,
  output: Output,
): Promise<number> {
  let engine: Engine | undefined;
  const endOnDefect = onDefect((error) => {
    const message = saveOnDefect(engine, error, 'cli/program:execute');
    output.error({ ...toErrorDto(error), message });
    process.exit(EXIT_TRAINING_FAILED);
  });
  try {
    if ('runOffline' in definition) return await definition.runOffline(workspace, input, output);
    const role = 'runReading' in definition ? 'reader' : 'command';
    const redis = typeof input.redis === 'string' ? input.redis : undefined;
    const threads = threadsOf(input.parallel, redis ?? (process.env.REGIMEN_REDIS || undefined));
    engine = createEngine({
      workspace,
      role,
      logLevel,
      redis,
      ...(threads === undefined ? {} : { threads }),
    });
    for (const note of engine.notes()) output.log(note, 'warn');
    if ('runReading' in definition) return await definition.runReading(engine, input, output);
    return await definition.run(engine, input, output);
  } catch (error) {
    const dto = inCommandWords(toErrorDto(error), definition, input);
    output.error(dto);
    return EXIT_STATUS[dto.code];
  } finally {
    endPatience();
    await engine?.close();
    endOnDefect();
  }
}
