import { updateText } from '../../../engine/contract/update-text.ts';
import { type CliCommand, methodCommand } from './command.ts';

export const updateCommands: readonly CliCommand[] = [
  methodCommand(
    'updates',
    'updates.check',
    'ask the feed of updates.feed whether there is a newer Regimen; downloads nothing',
    [],
    updateText,
  ),
];
