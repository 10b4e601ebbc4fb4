import { modelExportText, modelFeaturesText, modelImportText } from '../render/models.ts';
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
