import type { Option } from 'commander';
import type { Engine, ReadingEngine } from '../../../engine/app.ts';
import { isReading } from '../../../engine/contract/api/effects.ts';
import {
  type ApiResults,
  apiInputs,
  type Method,
  type RawInput,
} from '../../../engine/contract/api/index.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { methodOptions } from '../method-options.ts';
import type { Output } from '../output.ts';

export type CommandInput = Readonly<Record<string, unknown>>;

export interface Positional {
  readonly name: string;
  readonly description: string;
  /** May be left out. */
  readonly optional?: boolean;
  /** One or more, in a list. */
  readonly several?: boolean;
}

export type CliCommand = ReadingCommand | EngineCommand | OfflineCommand;

interface CommandDefinition {
  /** `['market', 'import']` is `regimen market import`. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly positionals: readonly Positional[];
  readonly options: readonly Option[];
}

/** A command that changes nothing in the workspace, and runs on one that can't be written to. */
export interface ReadingCommand extends CommandDefinition {
  /** Returns the exit status. */
  runReading(engine: ReadingEngine, input: CommandInput, output: Output): Promise<number>;
}

/** A command on an open workspace. */
export interface EngineCommand extends CommandDefinition {
  /** Returns the exit status. */
  run(engine: Engine, input: CommandInput, output: Output): Promise<number>;
}

/** A command on a workspace that must not be open, or that can't be opened as it is. */
export interface OfflineCommand extends CommandDefinition {
  /** Returns the exit status. */
  runOffline(workspace: string, input: CommandInput, output: Output): Promise<number>;
}

/** A command that is one Api method: its options are the method's input, its result is printed. */
export function methodCommand<M extends Method>(
  path: string,
  method: M,
  summary: string,
  positionals: readonly (keyof RawInput<M> & string)[],
  text: (result: ApiResults[M]) => string,
): CliCommand {
  const shape: Readonly<Record<string, { description?: string }>> = apiInputs[method].shape;
  const definition: CommandDefinition = {
    path: path.split(' '),
    summary,
    positionals: positionals.map((name) => ({ name, description: shape[name]?.description ?? '' })),
    options: methodOptions(method, positionals),
  };
  async function run(call: () => Promise<ApiResults[M]>, output: Output): Promise<number> {
    const result = await call();
    output.result(result, () => text(result));
    return EXIT_SUCCESS;
  }
  if (isReading(method)) {
    return {
      ...definition,
      runReading: ({ call }, input, output) =>
        run(() => call(method, input as RawInput<typeof method>), output),
    };
  }
  return {
    ...definition,
    run: ({ call }, input, output) => run(() => call(method, input as RawInput<M>), output),
  };
}
