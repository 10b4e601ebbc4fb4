import type {
  ModelFeaturesDto,
  ModelImportDto,
  ModelRunDto,
  RankedStrategyDto,
  VersionExportDto,
} from '../../../engine/contract/dto/index.ts';
import { modelTitle } from '../../../engine/contract/model-type-names.ts';
import { bytes, count, integer, table } from './format.ts';
import { HIDDEN, holdoutLines, SCORE_HEAD, scoreCells, scoreGroups, strategyText } from './scores.ts';

type Named = ModelRunDto | VersionExportDto;

/** A run, or a version of a name, with what it is. */
export function runText({ modelType, symbol, timeframe, daysHistory, ...of }: Named): string {
  const what = 'version' in of ? `version ${of.version} of ${of.name}` : `run ${of.run}`;
  return `${what} (${modelTitle(modelType)}, ${symbol} ${timeframe}, ${count(daysHistory, 'day')})`;
}

/** What a label says, as a sentence goes on. */
function labelText({ target, horizon }: Pick<ModelFeaturesDto, 'target' | 'horizon'>): string {
  const bars = count(horizon, 'bar');
  if (target === 'return') return `the log return over ${bars} from the open of the next one`;
  if (target === 'direction')
    return `1 where the log return over ${bars} from the open of the next one is above 0, else 0`;
  const trade = `a trade (${target.replace(/^\w+ /, '')}, at most ${bars}) that is entered at the open of the next one`;
  return target.startsWith('barrier')
    ? `1 where ${trade} reaches its take-profit, else 0`
    : `what ${trade} comes to in ATR(14), after costs`;
}

export function modelFeaturesText(written: ModelFeaturesDto): string {
  const { file, format, features, labels, windows, run } = written;
  const name = JSON.stringify(file);
  const reader =
    format === 'parquet' ? `read_parquet(${name})` : `read_csv(${name}, float_precision="round_trip")`;
  const areClasses = /^(direction|barrier)/.test(written.target);
  const head = ['Window', 'Rows', 'With a label'];
  const rows = windows.map(({ window, rows, labeled }) => [window, integer(rows), integer(labeled)]);
  const withHoldout = windows.some(({ window }) => window === 'holdout');
  return [
    `${file}: ${count(features.length, 'feature')} of ${runText(written)}, ${bytes(written.bytes)}.`,
    '',
    table(head, rows, head.slice(1)),
    '',
    `The label of a bar is ${labelText(written)}. It is empty where it`,
    'would reach into the next window, or is not known yet.',
    withHoldout
      ? 'The holdout is in it: a model that is trained on those rows, or chosen by them, has no untouched bars left.'
      : 'The holdout is left out, so that it stays untouched; once its look is spent, --holdout writes it, too.',
    '',
    'To train on it in Python, with pandas and xgboost imported:',
    `  rows = pandas.${reader}.query("window == 'training'").dropna()`,
    `  xgboost.train({"max_depth": 4, "eta": 0.05, ${areClasses ? '"objective": "binary:logistic"' : '"base_score": 0'}}, xgboost.DMatrix(rows.iloc[:, ${2 + labels.length}:], rows["${labels[0]}"]), 100).save_model("model.json")`,
    ...(written.target === 'return'
      ? [`To backtest what it saved beside the run: regimen model import model.json --run ${run}`]
      : []),
  ].join('\n');
}

export function modelImportText(model: ModelImportDto): string {
  const { file, trees, treesInFile, featuresUsed, features, strategies, minTrades, run } = model;
  const head = ['Model', 'Strategy', ...SCORE_HEAD, ...SCORE_HEAD];
  const row = (name: string) => (ranked: RankedStrategyDto) => [
    name,
    strategyText(ranked),
    ...scoreCells(ranked.selection),
    ...(ranked.holdout === null ? SCORE_HEAD.map(() => HIDDEN) : scoreCells(ranked.holdout)),
  ];
  const rows = [...model.imported.map(row('imported')), ...model.trained.map(row(`run ${run}`))];
  const stopped = treesInFile > trees ? ` of ${integer(treesInFile)}, up to the best round,` : '';
  const lines = [
    `${file}: ${count(trees, 'tree')}${stopped} on ${featuresUsed} of the ${features} features of ${runText(model)}.`,
    `Backtested with ${integer(strategies)} strategies on the candles, windows and costs of that run, as one member that predicts`,
    `the log return over ${count(model.horizon, 'bar')}. The best by Sharpe with at least ${count(minTrades, 'trade')}:`,
    '',
    table(head, rows, SCORE_HEAD, scoreGroups(2)),
    '',
    ...holdoutLines([model]),
  ];
  if (model.imported.length === 0)
    lines.push(`No strategy of the imported model has ${count(minTrades, 'trade')}.`);
  if (model.missingTable !== null) lines.push(`note: ${model.missingTable}`);
  else if (model.trained.length === 0)
    lines.push(`No strategy of run ${run} has ${count(minTrades, 'trade')}.`);
  lines.push(
    'It is not stored and never becomes a champion: Regimen can not know what it was trained on. If that reaches into the',
    'selection window or the holdout, these figures flatter it.',
  );
  return lines.join('\n');
}
