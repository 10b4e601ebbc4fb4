import { statSync } from 'node:fs';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import { EXIT_INPUT_ERROR, EXIT_SUCCESS } from '../../host/exit-status.ts';
import { methodOptions } from '../method-options.ts';
import { barsText } from '../render/bars.ts';
import {
  changesText,
  filesPlanText,
  filesText,
  importText,
  inspectionText,
  removedText,
  seriesText,
  undoText,
} from '../render/market.ts';
import { type CliCommand, type CommandInput, methodCommand } from './command.ts';
import { watchCommands } from './watch.ts';

const FILES = { name: 'files', description: 'market data files, or folders of them', several: true } as const;

/** The one file that is meant; undefined where several are, or a folder. */
function oneFile({ files }: CommandInput): string | undefined {
  const [file, ...others] = files as readonly string[];
  return others.length > 0 || isFolder(file!) ? undefined : file;
}

/** False of a path that no file can have: that is told where it is opened. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

/** One file whose series is said is told in full; several, or one that must say itself what it is, in a table. */
const importCommand: CliCommand = {
  path: ['market', 'import'],
  summary: 'import candles from files, or from all files of folders',
  positionals: [FILES],
  options: methodOptions('market.importFiles', ['files']),
  async run({ call }, input, output) {
    const file = oneFile(input);
    if (file !== undefined && input.symbol !== undefined && input.timeframe !== undefined) {
      const { files: _, ...options } = input;
      const result = await call('market.import', { ...options, file } as RawInput<'market.import'>);
      output.result(result, () => importText(result));
      return EXIT_SUCCESS;
    }
    const result = await call('market.importFiles', input as RawInput<'market.importFiles'>);
    output.result(result, () => filesText(result));
    return result.failed === 0 ? EXIT_SUCCESS : EXIT_INPUT_ERROR;
  },
};

const inspectCommand: CliCommand = {
  path: ['market', 'inspect'],
  summary: 'say what files hold, store nothing',
  positionals: [FILES],
  options: methodOptions('market.inspectFiles', ['files']),
  async runReading({ call }, input, output) {
    const file = oneFile(input);
    if (file !== undefined) {
      const { files: _, ...options } = input;
      const result = await call('market.inspect', { ...options, file } as RawInput<'market.inspect'>);
      output.result(result, () => inspectionText(result));
      return EXIT_SUCCESS;
    }
    const result = await call('market.inspectFiles', input as RawInput<'market.inspectFiles'>);
    output.result(result, () => filesPlanText(result));
    return result.files.every(({ refusal }) => refusal === null) ? EXIT_SUCCESS : EXIT_INPUT_ERROR;
  },
};

export const marketCommands: readonly CliCommand[] = [
  importCommand,
  inspectCommand,
  ...watchCommands,
  methodCommand('market list', 'market.list', 'list the stored series with their quality', [], seriesText),
  {
    ...methodCommand('market undo', 'market.undo', '', ['symbol', 'timeframe'], undoText),
    summary: 'take back the last import, replacement or removal of a series',
    positionals: [
      { name: 'symbol', description: 'symbol of the series; else that of the newest change', optional: true },
      { name: 'timeframe', description: 'its timeframe, where a symbol has several', optional: true },
    ],
  },
  methodCommand(
    'market bars',
    'market.bars',
    'list bars with their regimes',
    ['symbol', 'timeframe'],
    barsText,
  ),
  methodCommand('market changes', 'market.changes', 'list what market undo can take back', [], changesText),
  methodCommand(
    'market remove',
    'market.remove',
    'forget a stored series; runs and champions that were trained on it stay',
    ['symbol', 'timeframe'],
    removedText,
  ),
];
