import type {
  ModelExportDto,
  ModelFormatsDto,
  VersionExportDto,
} from '../../../engine/contract/dto/index.ts';
import { count, table } from './format.ts';
import { runText } from './models.ts';

export function modelExportText(model: ModelExportDto | VersionExportDto): string {
  if ('run' in model && model.files.length > 1) return pairText(model);
  if (model.format === 'metatrader5') return expertText(model);
  const { file, format, member, members, trees, features } = model;
  const areAll = format === 'csv' || format === 'json';
  const mean = areAll ? `${count(members, 'member')}` : `the mean of ${count(members, 'member')}`;
  const what = member === null ? mean : `member ${member} of ${members}`;
  const lines = [`${file}: ${what} of ${runText(model)}${trees === 0 ? '' : `, ${count(trees, 'tree')}`}.`];
  if (format === 'onnx') lines.push(...onnxLines(model));
  else if (areAll) lines.push(...coefficientLines(format));
  else lines.push(...treeLines(model));
  if (!areAll) lines.push(`${features.join(', ')}.`);
  if (model.meanAbsoluteReturn !== null) {
    lines.push(
      `The log return that Regimen expects is (2 p - 1) * ${model.meanAbsoluteReturn.toPrecision(6)}.`,
    );
  }
  if (model.withStatistics === false) {
    lines.push(
      `A model of type ${model.modelType} keeps no gains and covers, so XGBoost's importances and SHAP values are empty.`,
    );
  }
  return lines.join('\n');
}

type Written = Omit<ModelExportDto, 'run'>;

function expertText(model: ModelExportDto | VersionExportDto): string {
  const { file, members, features } = model;
  return [
    `${file}: an expert for MetaTrader 5 with ${count(members, 'member')} of ${runText(model)}, and ${count(features.length, 'feature')} as code.`,
    'Unpack it in the data folder of the terminal, compile expert and script in MetaEditor, and run the script first: it recomputes up to 500 bars and says PASS or FAIL.',
    'It was never compiled by MetaEditor and never ran in a terminal: a demo account first. README.md in the archive has the steps, and what is known of the model.',
  ].join('\n');
}

/** What is in a file of trees, as far as its columns. */
function treeLines({ file, format, features, predicts, horizon, target }: Written): string[] {
  const ahead = `the next ${count(horizon, 'bar')}`;
  const says = {
    return: `It predicts the log return over ${ahead}`,
    outcome: `It predicts what a trade (${target}) of at most ${count(horizon, 'bar')} comes to, in ATR(14)`,
    probability: target.startsWith('barrier')
      ? `It predicts the probability, not calibrated, that a trade reaches its take-profit (${target}) within ${ahead}`
      : `It predicts the probability p that the return over ${ahead} is positive`,
  }[predicts];
  return [
    format === 'xgboost-json'
      ? `Load it with xgboost.Booster(model_file=${JSON.stringify(file)}), XGBoost 1.7 or newer.`
      : `Load it with lightgbm.Booster(model_file=${JSON.stringify(file)}), LightGBM 4 or newer.`,
    `${says}, from ${count(features.length, 'column')} in the order of its feature_names:`,
  ];
}

function onnxLines({ file, features, outputs }: Written): string[] {
  return [
    `Load it with onnxruntime.InferenceSession(${JSON.stringify(file)}), ONNX Runtime 1.14 or newer. Its outputs, calibrated and scaled, a float32 per row:`,
    ...outputs.map(({ name, meaning }) => `  ${name}: ${meaning}`),
    `Its input "features" has rows of ${count(features.length, 'float32 column')}, which its metadata name:`,
  ];
}

function coefficientLines(format: 'csv' | 'json'): string[] {
  return [
    'A member says intercept + sum of coefficient * (feature - mean); of classes that are the log odds of class 1.',
    format === 'json'
      ? 'The file says, too, how its members become a forecast: calibration, scale, and their mean.'
      : 'How its members become a forecast (calibration, scale, and their mean) is in the JSON of the same model.',
  ];
}

function pairText({ files, format, members, predicts, trees, features, ...run }: ModelExportDto): string {
  const what =
    predicts === 'outcome'
      ? `what a trade comes to, in ATR(14): the mean of ${count(members, 'member')} of each side`
      : `the probability, not calibrated, that a trade reaches its take-profit: ${count(members, 'member')} of each side, since the mean of probabilities is no such model`;
  return [
    `The LONG and the SHORT model of ${runText(run)}, ${run.target}, ${count(trees, 'tree')}:`,
    ...files.map((file) => `  ${file}`),
    `They predict ${what}, from ${count(features.length, 'column')} in the order of their feature_names.`,
    'The metadata says how an output becomes a probability that is calibrated, and an expected log return.',
  ].join('\n');
}

export function modelFormatsText(model: ModelFormatsDto): string {
  const what = model.member === null ? 'The model' : `Member ${model.member}`;
  const rows = model.formats.map(({ format, title, ending, refusal }) => [
    format,
    ending,
    refusal === null ? title : `no: ${refusal}`,
  ]);
  return [
    `${what} of ${runText(model)}, ${model.target}, can be written by model export as:`,
    '',
    table(['Format', 'Ending', 'What it is'], rows, []),
  ].join('\n');
}
