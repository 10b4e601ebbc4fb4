import { orList } from './errors.ts';
import { areOfSides, type ConfiguredHyperparameters, type Hyperparameters } from './hyperparameters.ts';
import { DEFAULT_BASE_MODELS, isAgent, modelTitle } from './model-type-names.ts';
import { readTarget } from './target-names.ts';

/** What models leave as. */
export const MODEL_FORMATS = ['onnx', 'xgboost-json', 'lightgbm-text', 'csv', 'json', 'metatrader5'] as const;

export type ModelFormat = (typeof MODEL_FORMATS)[number];

export const FORMATS: Readonly<Record<ModelFormat, { readonly title: string; readonly ending: string }>> = {
  onnx: { title: 'ONNX', ending: '.onnx' },
  'xgboost-json': { title: 'XGBoost JSON', ending: '.json' },
  'lightgbm-text': { title: 'LightGBM text', ending: '.txt' },
  csv: { title: 'Coefficients as CSV', ending: '.csv' },
  json: { title: 'Coefficients as JSON', ending: '.json' },
  metatrader5: { title: 'MetaTrader 5 expert', ending: '.zip' },
};

const LINEAR_TYPES = ['linear_regression', 'ridge', 'lasso', 'elasticnet'];
const TREE_TYPES = ['random_forest', 'gradient_boosting', 'xgboost', 'lightgbm'];
/** A probability of theirs is no function of one sum of leaves. */
const VOTING_TYPE = 'random_forest';
const STACK = 'ensemble';

/** What says which formats there are of a model. */
export interface FormatSubject {
  readonly modelType: string;
  readonly target: string;
  readonly hyperparameters: ConfiguredHyperparameters;
  /** With the timeframes of indicators: whether others have the data that features are made of. */
  readonly encoder?: string | undefined;
  readonly indicatorTimeframes?: Readonly<Partial<Record<string, readonly string[]>>> | undefined;
  /** Undefined: the mean of all members. */
  readonly member?: number | undefined;
}

/** Why there is no such file of a model, as the end of a sentence; null where there is one. */
export function formatRefusal(format: ModelFormat, subject: FormatSubject): string | null {
  const { modelType } = subject;
  const isLinear = LINEAR_TYPES.includes(modelType);
  if (isAgent(modelType)) {
    return `a model of type ${modelTitle(modelType)} says what each position is worth, and what it does depends on the position that it is in, which no format holds`;
  }
  if (!isLinear && !TREE_TYPES.includes(modelType) && modelType !== STACK) {
    return `a model of type ${modelTitle(modelType)} is made neither of trees nor of coefficients, which is what the formats hold`;
  }
  if (format === 'metatrader5') return brokerRefusal(subject);
  if (format === 'onnx') return null;
  if (format === 'csv' || format === 'json') {
    return isLinear ? null : `a model of type ${modelTitle(modelType)} has no coefficients`;
  }
  const { title } = FORMATS[format];
  if (isLinear) return `a model of type ${modelTitle(modelType)} has no trees, which is what ${title} holds`;
  return modelType === STACK ? stackRefusal(title, subject) : meanRefusal(title, subject);
}

/** Why a broker's own candles can't give the features of a model. */
function brokerRefusal({ encoder, indicatorTimeframes: used = {}, member }: FormatSubject): string | null {
  if (member !== undefined) return 'an expert has all members, whose agreement is a part of its confidence';
  const isUsed = (indicator: string) => (used[indicator]?.length ?? 0) > 0;
  if (Object.values(used).some((timeframes) => timeframes?.includes('W1') === true)) {
    return 'it looks at weekly bars, which a terminal begins on another day';
  }
  if (encoder !== 'absolute') return null;
  if (isUsed('obv')) {
    return 'on-balance volume in absolute units counts from the first bar that it was trained on, which a terminal does not have; train it with the encoder normalized or time_delta, or without obv';
  }
  if (isUsed('volume_sma')) {
    return "volumes in absolute units are its own source's, and a broker counts its own ticks; train it with the encoder normalized or time_delta, or without volume_sma";
  }
  return null;
}

function eachOf({ hyperparameters: given }: FormatSubject): Hyperparameters[] {
  return areOfSides(given) ? [given.long, given.short] : [given];
}

function isOfClasses(subject: FormatSubject): boolean {
  const name = readTarget(subject.target)?.name;
  if (name === 'direction' || name === 'barrier') return true;
  return eachOf(subject).some(({ objective }) => objective === 'logistic');
}

/** A mean of probabilities is no probability of a sum; that of votes is one. */
function meanRefusal(title: string, subject: FormatSubject): string | null {
  // A run with two models is written as files of single members there.
  const isPair = readTarget(subject.target)?.exits != null;
  if (subject.member !== undefined || isPair || !isOfClasses(subject)) return null;
  if (subject.modelType === VOTING_TYPE) return null;
  return `its members say probabilities, whose mean no single model of ${title} gives; one member (--member 1) can be written`;
}

function stackRefusal(title: string, subject: FormatSubject): string | null {
  const written = eachOf(subject).map(({ base_models: models }) => String(models ?? DEFAULT_BASE_MODELS));
  const parts = [...new Set(written.flatMap((models) => models.split('+')))];
  const others = parts.filter((name) => !TREE_TYPES.includes(name));
  if (others.length > 0) {
    return `it stacks ${orList(others).replace(/ or /, ' and ')} with the rest, and ${title} holds trees alone`;
  }
  if (!isOfClasses(subject)) return null;
  if (parts.includes(VOTING_TYPE)) {
    return `the log odds of its ${VOTING_TYPE} are no sum of leaves, which is all that ${title} holds`;
  }
  return meanRefusal(title, subject);
}

/** Formats that there are of a model. */
export function formatsOf(subject: FormatSubject): ModelFormat[] {
  return MODEL_FORMATS.filter((format) => formatRefusal(format, subject) === null);
}

/** The format that a file's ending asks for; undefined where it says nothing. `.json` is what models of the type are written as. */
export function formatOfFile(
  file: string,
  { modelType }: Pick<FormatSubject, 'modelType'>,
): ModelFormat | undefined {
  const ending = /\.[^./\\]+$/.exec(file)?.[0].toLowerCase();
  if (ending === FORMATS.json.ending) return LINEAR_TYPES.includes(modelType) ? 'json' : 'xgboost-json';
  return MODEL_FORMATS.find((format) => FORMATS[format].ending === ending);
}
