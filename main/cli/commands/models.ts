import { modelExportText, modelImportText } from '../render/models.ts';
import { type CliCommand, methodCommand } from './command.ts';

export const modelCommands: readonly CliCommand[] = [
  methodCommand(
    'model export',
    'model.export',
    'write the model of a run for use elsewhere',
    ['run'],
    modelExportText,
  ),
  methodCommand(
    'model import',
    'model.import',
    'backtest a model that XGBoost trained, beside a run; nothing is stored',
    ['file'],
    modelImportText,
  ),
];
