import { importText, inspectionText, seriesText } from '../render/market.ts';
import { type CliCommand, methodCommand } from './command.ts';

export const marketCommands: readonly CliCommand[] = [
  methodCommand('market import', 'market.import', 'import candles from a file', ['file'], importText),
  methodCommand(
    'market inspect',
    'market.inspect',
    'say what a file holds, store nothing',
    ['file'],
    inspectionText,
  ),
  methodCommand('market list', 'market.list', 'list the stored series with their quality', [], seriesText),
];
