import type { RawInput } from '../../../engine/contract/api/index.ts';
import type { Problem } from '../../../engine/contract/errors.ts';
import { FOLD_DEFAULTS } from '../../../engine/contract/validation.ts';
import { type Parameter, readValue } from '../../ui/json-schema.ts';
import type { ValidateDraft } from './draft.ts';
import { schemeOf } from './modes.ts';
import { texts } from './texts.ts';

type Asked = RawInput<'validation.preview'>;

/** What a draft asks for, or what it still needs. */
export type ValidationRequest =
  | { readonly input: Asked; readonly missing: null }
  | { readonly input: null; readonly missing: string };

const wants = (what: string): ValidationRequest => ({ input: null, missing: texts.chooseWhat({ what }) });

/** `parameters`: hyper-parameters of the draft's model type. */
export function requestOf(draft: ValidateDraft, parameters: readonly Parameter[]): ValidationRequest {
  const { subject } = draft;
  if (subject === 'market') {
    const { symbols, timeframe, modelType } = draft;
    if (symbols.length === 0) return wants(timeframe === null ? texts.symbolAndTimeframe : texts.symbol);
    if (timeframe === null) return wants(texts.timeframe);
    if (parameterProblems(draft, parameters).length > 0) {
      return { input: null, missing: texts.correctFieldsThatAreMarked };
    }
    const hyperparameters = parameterValues(draft, parameters);
    const isPlain = Object.keys(hyperparameters).length === 0;
    const model = { timeframe, modelType, ...(isPlain ? {} : { hyperparameters }) };
    return ready(
      draft,
      symbols.length === 1 ? { symbol: symbols[0]!, ...model } : { symbols: [...symbols], ...model },
    );
  }
  if (subject === 'run') {
    const runId = draft.run.trim();
    return runId === '' ? wants(texts.runItsNumber) : ready(draft, { runId });
  }
  if (subject === 'champion') {
    return draft.champion === null ? wants(texts.championWord) : ready(draft, { champion: draft.champion });
  }
  if (subject === 'champions') return ready(draft, { champions: 'all' });
  return draft.grid === null ? wants(texts.jobWithGrid) : ready(draft, { grid: draft.grid.spec });
}

function ready(draft: ValidateDraft, subject: Asked['subject']): ValidationRequest {
  const { mode: scheme, testPeriodDays, minTrainDays, expandingWindow, folds } = draft;
  const own = scheme === 'own';
  const input: Asked = {
    subject,
    scheme,
    ...(testPeriodDays === null ? {} : { testPeriodDays }),
    ...(minTrainDays === null || own ? {} : { minTrainDays }),
    ...(expandingWindow === null || own ? {} : { expandingWindow }),
    ...(folds === null ? {} : { folds }),
  };
  return { input, missing: null };
}

/** Lengths and window that count: what is set, else the scheme's own. */
export function foldsInForce(draft: ValidateDraft) {
  const defaults = FOLD_DEFAULTS[schemeOf(draft.mode)];
  return {
    defaults,
    testPeriodDays: draft.testPeriodDays ?? defaults.testPeriodDays,
    minTrainDays: draft.minTrainDays ?? defaults.minTrainDays,
    expandingWindow: draft.expandingWindow ?? defaults.expandingWindow,
    folds: draft.folds ?? defaults.folds,
  };
}

/** Typed values that are none of their hyper-parameter. */
export function parameterProblems(
  { hyperparameters }: ValidateDraft,
  parameters: readonly Parameter[],
): readonly Problem[] {
  return parameters.flatMap((parameter) => {
    const text = hyperparameters[parameter.key]?.trim() ?? '';
    if (text === '') return [];
    const read = readValue(parameter, text);
    return 'problem' in read
      ? [{ path: parameter.key, message: texts.pleaseUseProblem({ problem: read.problem }) }]
      : [];
  });
}

function parameterValues({ hyperparameters }: ValidateDraft, parameters: readonly Parameter[]) {
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const text = hyperparameters[parameter.key]?.trim() ?? '';
      if (text === '') return [];
      const read = readValue(parameter, text);
      return 'value' in read ? [[parameter.key, read.value] as const] : [];
    }),
  );
}
