import type { IndicatorName } from '../../contract/words.ts';
import { IN_NUMBERS } from '../operations/in-numbers.ts';
import { adx } from './adx.ts';
import { atr } from './atr.ts';
import { bollinger } from './bollinger.ts';
import { ema } from './ema.ts';
import type { Indicator, IndicatorDefinition } from './indicator.ts';
import { macd } from './macd.ts';
import { obv } from './obv.ts';
import { roc } from './roc.ts';
import { rsi } from './rsi.ts';
import { sma } from './sma.ts';
import { stddev } from './stddev.ts';
import { stochastic } from './stochastic.ts';
import { volumeSma } from './volume-sma.ts';
import { vwap } from './vwap.ts';

function inNumbers<Column extends string>(definition: IndicatorDefinition<Column>): Indicator {
  return {
    ...definition,
    compute(candles) {
      const made = definition.define(IN_NUMBERS, candles);
      return { outputs: made.outputs, rollout: (rolling) => definition.lanes(made, candles, rolling) };
    },
  };
}

/** Every indicator by name. A new one is a file, a line here and a name in engine/contract/words.ts. */
export const INDICATOR_CATALOG: Readonly<Record<IndicatorName, Indicator>> = {
  sma: inNumbers(sma),
  ema: inNumbers(ema),
  macd: inNumbers(macd),
  adx: inNumbers(adx),
  rsi: inNumbers(rsi),
  stochastic: inNumbers(stochastic),
  roc: inNumbers(roc),
  atr: inNumbers(atr),
  bollinger: inNumbers(bollinger),
  stddev: inNumbers(stddev),
  obv: inNumbers(obv),
  vwap: inNumbers(vwap),
  volume_sma: inNumbers(volumeSma),
};
