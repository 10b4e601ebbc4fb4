import type { RawInput } from '../../../engine/contract/api/index.ts';
import { gateInput } from '../../gate/index.ts';
import type { TrainDraft } from './draft.ts';
import { texts } from './texts.ts';

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
    const wants = [symbol === null ? texts.symbol : '', timeframe === null ? texts.timeframe : ''];
    return {
      input: null,
      missing: texts.chooseWants({ wants: wants.filter((one) => one !== '').join(texts.and) }),
    };
  }
  const { modelType, target, horizon, period } = draft;
  const place = { symbol, timeframe, ...(regime === 'all' ? {} : { regime }) };
  const model = { modelType, target, ...(horizon === null ? {} : { horizon }), period };
  return { input: { ...place, ...model, ...asked }, missing: null };
}
