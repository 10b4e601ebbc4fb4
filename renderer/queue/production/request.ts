import type { RawInput } from '../../../engine/contract/api/index.ts';
import { gateInput, gateWords } from '../../gate/index.ts';
import { quoted } from '../shell-word.ts';
import type { TrainDraft } from './draft.ts';

export type AskedTraining = RawInput<'production.start'>;

/** What a draft asks for, or what it still needs. */
export type TrainRequest =
  | { readonly input: AskedTraining; readonly missing: null }
  | { readonly input: null; readonly missing: string };

/** As the engine takes it; what is left at its default is left out. Of every name in production only what is asked of them is said. */
export function requestOf(draft: TrainDraft): TrainRequest {
  const { symbol, timeframe, regime, everyName } = draft;
  const { optimize, trials, mode, dryRun, gate } = draft;
  const asked = {
    ...(optimize ? { optimize, ...(trials === null ? {} : { trials }) } : {}),
    ...(mode === 'quick' ? {} : { mode }),
    ...(dryRun ? { dryRun } : {}),
    ...gateInput(gate),
  };
  if (everyName) return { input: asked, missing: null };
  if (symbol === null || timeframe === null) {
    const wants = [symbol === null ? 'a symbol' : '', timeframe === null ? 'a timeframe' : ''];
    return { input: null, missing: `Choose ${wants.filter((one) => one !== '').join(' and ')}.` };
  }
  const { modelType, target, horizon, period } = draft;
  const place = { symbol, timeframe, ...(regime === 'all' ? {} : { regime }) };
  const model = { modelType, target, ...(horizon === null ? {} : { horizon }), period };
  return { input: { ...place, ...model, ...asked }, missing: null };
}

/** The same for a terminal. */
export function commandLine(draft: TrainDraft, workspace: string | undefined): string {
  const { symbol, timeframe, regime, everyName, modelType, target, horizon, period } = draft;
  const { optimize, trials, mode, dryRun, gate } = draft;
  const words = ['npm', 'run', '-s', 'regimen', '--', 'production', 'train'];
  if (!everyName) {
    words.push(symbol ?? '', timeframe ?? '');
    if (regime !== 'all') words.push('--regime', regime);
    words.push('--model-type', modelType, '--target', target);
    if (horizon !== null) words.push('--horizon', String(horizon));
    words.push('--period', period);
  }
  if (optimize) words.push('--optimize', ...(trials === null ? [] : ['--trials', String(trials)]));
  if (mode !== 'quick') words.push('--mode', mode);
  if (dryRun) words.push('--dry-run');
  words.push(...gateWords(gate));
  if (workspace !== undefined) words.push('--workspace', workspace);
  return words.map(quoted).join(' ');
}
