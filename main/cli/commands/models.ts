import { Option } from 'commander';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import { parseModelName } from '../../../engine/contract/model-name.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { modelExportText, modelFormatsText } from '../render/model-export.ts';
import { modelFeaturesText, modelImportText } from '../render/models.ts';
import { versionText } from '../render/registry.ts';
import { type CliCommand, methodCommand } from './command.ts';
import { whereTrained } from './where-trained.ts';

const update: CliCommand = {
  path: ['model', 'update'],
  summary: 'make a version of another one and of the candles that came since: the candidate of its name',
  positionals: [
    {
      name: 'source',
      description:
        'SYMBOL/TIMEFRAME[/REGIME] of a name, or number or UUID of a run whose newest version it is',
    },
  ],
  options: [
    new Option(
      '--version <version>',
      'the version of the name that goes on (production, else the candidate)',
    ),
    new Option('--reason <text>', 'why: it stands in the journal'),
    ...whereTrained(),
  ],
  async run(engine, input, output) {
    const source = String(input.source);
    const { symbol, timeframe, regime } = /[\s/]/.test(source.trim())
      ? parseModelName(source)
      : { symbol: undefined, timeframe: undefined, regime: null };
    const asked = {
      ...(symbol === undefined ? { run: source } : { symbol, timeframe, regime: regime ?? 'all' }),
      ...(input.version === undefined ? {} : { version: String(input.version) }),
      ...(input.reason === undefined ? {} : { reason: String(input.reason) }),
    } as RawInput<'model.update'>;
    const result = await engine.call('model.update', asked);
    output.result(result, () =>
      result.version === null ? result.message : `${result.message}\n\n${versionText(result.version)}`,
    );
    return EXIT_SUCCESS;
  },
};

export const modelCommands: readonly CliCommand[] = [
  update,
  methodCommand(
    'model export',
    'model.export',
    'write the model of a run for use elsewhere',
    ['run'],
    modelExportText,
  ),
  methodCommand(
    'model formats',
    'model.formats',
    'list in which formats the model of a run can be written, and why not in the others',
    ['run'],
    modelFormatsText,
  ),
  methodCommand(
    'model features',
    'model.features',
    'write the features and labels of a run as CSV, to train a model on elsewhere',
    ['run'],
    modelFeaturesText,
  ),
  methodCommand(
    'model import',
    'model.import',
    'backtest a model that XGBoost trained, beside a run; nothing is stored',
    ['file'],
    modelImportText,
  ),
];
