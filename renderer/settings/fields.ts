import type { SeriesDto, SettingsDto } from '../../engine/contract/dto/index.ts';
import type { AskedKind } from '../../engine/contract/market-kind.ts';
import { VALIDATION_SCHEMES } from '../../engine/contract/validation.ts';
import { MIN_VERDICT_TITLES, PRESET_TITLES } from '../gate/index.ts';
import { titleOf } from '../ui/format.ts';
import { type Parameter, parameterOf } from '../ui/json-schema.ts';
import { common } from '../ui/texts/common.ts';
import { readSplit, SPLIT_PATH, splitText } from './split.ts';
import { texts } from './texts.ts';

/** One value of the configuration that the form can change. */
export interface SettingField {
  /** `queue.threads` */
  readonly path: string;
  readonly title: string;
  readonly help: string;
  readonly parameter: Parameter;
  /** In force; undefined where a symbol leaves it to the default costs. */
  readonly value: unknown;
  readonly fallback: unknown;
  /** What its values are called, by how the file has them; of a number or a text only those that are words. */
  readonly titles: Titles;
  /** What its text means, where that is more than a parameter's. */
  readonly read?: (text: string) => { readonly value: unknown } | { readonly problem: string };
}

export interface SettingSection {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly SettingField[];
}

type Titles = Readonly<Record<string, string>>;

type Tree = Readonly<Record<string, unknown>>;

/** Regimes have a place of their own. */
const ELSEWHERE: ReadonlySet<string> = new Set(['regimes']);

const SECTION_TITLES: Readonly<Record<string, string>> = {
  storage: texts.files,
  queue: texts.trainingQueues,
  recovery: texts.afterCrash,
  model_management: texts.modelsOnDisk,
  inference_grid: texts.inferenceStrategies,
  evaluation: texts.evaluationAndSelection,
  training: common.training,
  validation: texts.validation,
  costs: texts.tradingCosts,
  live: common.now,
  mlflow: 'MLflow',
  updates: texts.updates,
  logging: texts.logFile,
};

/** All settings but the costs of single symbols, section by section in the configuration's own order. */
export function settingSections(settings: SettingsDto): readonly SettingSection[] {
  const sections = propertiesOf(settings.schema);
  return Object.entries(sections)
    .filter(([name]) => !ELSEWHERE.has(name))
    .map(([name, schema]) => ({
      name,
      title: SECTION_TITLES[name] ?? titleOf(name),
      fields: fieldsOf(settings, name, schema),
    }));
}

function fieldsOf(settings: SettingsDto, path: string, schema: Tree): readonly SettingField[] {
  return Object.entries(propertiesOf(schema)).flatMap(([key, property]) => {
    const inner = `${path}.${key}`;
    if (property.properties !== undefined) {
      // What counts where nothing else does is named by itself.
      const isPlain = key === 'default';
      return fieldsOf(settings, inner, property).map((field) =>
        isPlain ? field : { ...field, title: `${settingTitle(key)}, ${field.title.toLowerCase()}` },
      );
    }
    if (property.type === 'object') return [];
    return [fieldOf(settings, inner, key, property)];
  });
}

function fieldOf(settings: SettingsDto, path: string, key: string, schema: Tree): SettingField {
  if (path === SPLIT_PATH) return splitField(settings);
  const parameter = parameterOf(key, schema);
  return {
    path,
    title: settingTitle(key),
    help: settings.help[path] ?? '',
    parameter,
    value: valueAt(settings.values, path),
    fallback: valueAt(settings.defaults, path),
    titles: titlesOf(path, parameter),
  };
}

const VALUE_TITLES: Readonly<Record<string, Titles>> = {
  ...texts.valueTitles,
  'registry.min_verdict': MIN_VERDICT_TITLES,
  ...Object.fromEntries(
    VALIDATION_SCHEMES.map((mode) => [
      `validation.criteria.${mode}`,
      { auto: texts.byWhatModelLearns, ...PRESET_TITLES },
    ]),
  ),
};

/** A choice without a title of its own is called by its words. */
function titlesOf(path: string, { kind, choices }: Parameter): Titles {
  const own = VALUE_TITLES[path] ?? {};
  if (kind !== 'choice') return own;
  return Object.fromEntries(choices.map((choice) => [choice, own[choice] ?? titleOf(choice)]));
}

/** Three fractions in one field. */
function splitField({ help, values, defaults }: SettingsDto): SettingField {
  return {
    path: SPLIT_PATH,
    title: texts.split,
    help: help[SPLIT_PATH] ?? '',
    parameter: { key: 'split', kind: 'text', list: false, description: '', choices: [], fallback: undefined },
    value: splitText(valueAt(values, SPLIT_PATH)),
    fallback: splitText(valueAt(defaults, SPLIT_PATH)),
    read: readSplit,
    titles: VALUE_TITLES[SPLIT_PATH]!,
  };
}

export interface CostRow {
  /** Or the kind of market. */
  readonly symbol: string;
  readonly fields: readonly SettingField[];
}

/** Symbols whose costs are in pips, those that have a unit of their own, and whole kinds of markets. */
export interface CostRows {
  readonly inPips: readonly CostRow[];
  readonly kinds: readonly CostRow[];
  readonly inUnits: readonly CostRow[];
}

type StoredMarket = Pick<SeriesDto, 'symbol' | 'kind'>;

/** Costs of each symbol that the configuration or the stored series name, and of kinds; an undefined value takes what is above it. */
export function costRows(settings: SettingsDto, stored: readonly StoredMarket[]): CostRows {
  const schema = propertiesOf(propertiesOf(settings.schema).costs!);
  const own = (place: string) => ({
    values: (valueAt(settings.values, place) ?? {}) as Readonly<Record<string, Tree>>,
    defaults: (valueAt(settings.defaults, place) ?? {}) as Readonly<Record<string, Tree>>,
  });
  const rowOf = (place: string, name: string, keys: (key: string) => boolean): CostRow => {
    const { values, defaults } = own(place);
    const properties = propertiesOf(schema[place.split('.')[1]!]!.additionalProperties as Tree);
    return {
      symbol: name,
      fields: Object.entries(properties)
        .filter(([key]) => keys(key))
        .map(([key, property]) => ({
          path: `${place}.${name}.${key}`,
          title: settingTitle(key),
          help: settings.help[`costs.${key}`] ?? '',
          parameter: parameterOf(key, property),
          value: values[name]?.[key],
          fallback: defaults[name]?.[key],
          titles: titlesOf(`costs.${key}`, parameterOf(key, property)),
        })),
    };
  };
  const { values } = own('costs.symbols');
  const kindOf = new Map(stored.map(({ symbol, kind }) => [symbol, kind]));
  const symbols = [...new Set([...kindOf.keys(), ...Object.keys(values)])];
  const hasUnit = (symbol: string) =>
    values[symbol]?.unit !== undefined ||
    ((kindOf.get(symbol) ?? 'pair') !== 'pair' && !Object.keys(values[symbol] ?? {}).some(isInPips));
  const kinds = Object.keys(schema.kinds === undefined ? {} : KIND_TITLES);
  return {
    inPips: symbols
      .filter((symbol) => !hasUnit(symbol))
      .map((symbol) => rowOf('costs.symbols', symbol, (key) => isInPips(key) || key === COMMISSION)),
    kinds: kinds.map((kind) => rowOf('costs.kinds', kind, () => true)),
    inUnits: symbols.filter(hasUnit).map((symbol) => rowOf('costs.symbols', symbol, (key) => !isInPips(key))),
  };
}

const COMMISSION = 'commission_per_side';
const isInPips = (key: string) => key.endsWith('_pips');

export const KIND_TITLES: Readonly<Record<AskedKind, string>> = texts.kindTitles;

function propertiesOf(schema: Tree): Readonly<Record<string, Tree>> {
  return (schema.properties ?? {}) as Readonly<Record<string, Tree>>;
}

/** The value at `a.b.c`; undefined where there is none. */
export function valueAt(tree: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? (value as Tree)[key] : undefined),
      tree,
    );
}

/** `min_free_mb` -> `Min free (MB)`, `artifacts_dir` -> `Artifacts folder`. */
export function settingTitle(key: string): string {
  return titleOf(key)
    .replace(/ mb$/, ' MB')
    .replace(/\buri$/, 'URI')
    .replace(/^Roc auc$/, 'ROC AUC')
    .replace(/ (MB|days|minutes|pips)$/, ' ($1)')
    .replace(/ dir$/, ' folder');
}
