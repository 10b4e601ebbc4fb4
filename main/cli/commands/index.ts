import type { CliCommand } from './command.ts';
import { marketCommands } from './market.ts';
import { queueCommands } from './queues.ts';
import { resultCommands } from './results.ts';
import { trainingCommands } from './training.ts';

/** In the order of the help text. */
export const COMMANDS: readonly CliCommand[] = [
  ...trainingCommands,
  ...marketCommands,
  ...resultCommands,
  ...queueCommands,
];
