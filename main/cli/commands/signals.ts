import { signalsText } from '../render/signals.ts';
import { type CliCommand, methodCommand } from './command.ts';

export const signalCommands: readonly CliCommand[] = [
  methodCommand(
    'signals',
    'signals.list',
    'what the models say of the newest candles, and why where they say nothing; nothing places orders',
    [],
    signalsText,
  ),
];
