import type { Configuration } from '../../engine/contract/configuration.ts';
import { plural, titleOf } from './format.ts';

export interface ConfigurationText {
  /** `Random forest EURUSD H1`. */
  readonly subject: string;
  /** `60 days, 12 bars ahead, time delta`. */
  readonly rest: string;
}

type Named = Pick<
  Configuration,
  'modelType' | 'symbol' | 'timeframe' | 'daysHistory' | 'horizon' | 'encoder'
>;

/** A configuration as the window names it. `modelTitle` as `useModelTitle` gives it. */
export function configurationText(
  { modelType, symbol, timeframe, daysHistory, horizon, encoder }: Named,
  modelTitle: (modelType: string) => string,
): ConfigurationText {
  return {
    subject: `${modelTitle(modelType)} ${symbol} ${timeframe}`,
    rest: `${plural(daysHistory, 'day')}, ${plural(horizon, 'bar')} ahead, ${titleOf(encoder).toLowerCase()}`,
  };
}
