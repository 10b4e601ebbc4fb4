import type { Configuration } from '../../contract/configuration.ts';
import { warmupBars } from '../../features/warmup.ts';
import type { CompiledRegime } from '../../regimes/labeler.ts';
import { BASE } from './mql5/base.ts';
import { COSTS } from './mql5/costs.ts';
import { type FeatureText, featureText } from './mql5/features.ts';
import { COMBINE, EVALUATE } from './mql5/inference.ts';
import { CALIBRATION, MODEL } from './mql5/model.ts';
import { OPERATION_TEXTS } from './mql5/operations.ts';
import { PARITY } from './mql5/parity.ts';
import { recursiveText } from './mql5/recursive.ts';
import { regimeText } from './mql5/regimes.ts';
import { TIME } from './mql5/time.ts';

/** Recursive smoothers have forgotten their start to 1e-9 in the bars that an engine asks for, and to far less in so many times as many. */
const WARMUP_MARGIN = 1.5;

export interface Core extends Omit<FeatureText, 'text'> {
  /** RegimenCore.mqh. */
  readonly text: string;
  /** Bars before the first one that is predicted: of the timeframe itself, then of each higher one. */
  readonly warmup: readonly number[];
}

/** The part of a bundle without a call of the terminal, from the definitions that the engine runs. */
export function coreText(
  {
    encoder,
    indicatorTimeframes,
    timeframe,
  }: Pick<Configuration, 'encoder' | 'indicatorTimeframes' | 'timeframe'>,
  regimes: readonly CompiledRegime[],
): Core {
  const features = featureText(encoder, indicatorTimeframes, timeframe);
  const needed = warmupBars(encoder, indicatorTimeframes, timeframe);
  const warmup = [timeframe, ...features.higher].map(
    (of) => Math.ceil(WARMUP_MARGIN * (needed.get(of) ?? 0)) + 20,
  );
  const always = (['trueRange', 'wilderAverage'] as const)
    .map((name) => OPERATION_TEXTS[name])
    .filter((text) => !features.text.includes(text));
  const text = [
    '//+------------------------------------------------------------------+',
    '//| RegimenCore.mqh: no call of the terminal. Compiles as MQL5, and  |',
    '//| as C++ with regimen_stand_in.h. Generated; do not change it.     |',
    '//+------------------------------------------------------------------+',
    '#ifndef REGIMEN_CORE',
    '#define REGIMEN_CORE',
    `#define RG_FEATURES ${features.names.length}`,
    `#define RG_REGIMES ${regimes.length}`,
    BASE,
    ...always,
    features.text,
    TIME,
    CALIBRATION,
    MODEL,
    recursiveText(timeframe, warmup[0]!),
    regimeText(regimes),
    COSTS,
    COMBINE,
    EVALUATE,
    PARITY,
    '#endif',
    '',
  ].join('\n');
  return { text, names: features.names, higher: features.higher, warmup };
}
