import type { IndicatorName } from '../../contract/words.ts';
import { adx } from './adx.ts';
import { atr } from './atr.ts';
import { bollinger } from './bollinger.ts';
import { ema } from './ema.ts';
import type { Indicator } from './indicator.ts';
import { macd } from './macd.ts';
import { obv } from './obv.ts';
import { roc } from './roc.ts';
import { rsi } from './rsi.ts';
import { sma } from './sma.ts';
import { stddev } from './stddev.ts';
import { stochastic } from './stochastic.ts';
import { volumeSma } from './volume-sma.ts';
import { vwap } from './vwap.ts';

/** Every indicator by name. A new one is a file, a line here and a name in engine/contract/words.ts. */
export const INDICATOR_CATALOG: Readonly<Record<IndicatorName, Indicator>> = {
  sma,
  ema,
  macd,
  adx,
  rsi,
  stochastic,
  roc,
  atr,
  bollinger,
  stddev,
  obv,
  vwap,
  volume_sma: volumeSma,
};
