import { type Configuration, furtherAxes } from '../../engine/contract/configuration.ts';
import { titleOf } from './format.ts';
import { texts } from './texts/ui.ts';

export interface ConfigurationText {
  /** `Random forest EURUSD H1`. */
  readonly subject: string;
  /** `60 days, 12 bars ahead, time delta`. */
  readonly rest: string;
}

/** A configuration as the window names it. `modelTitle` as `useModelTitle` gives it. */
export function configurationText(
  configuration: Configuration,
  modelTitle: (modelType: string) => string,
): ConfigurationText {
  const { modelType, symbol, timeframe, daysHistory, horizon, encoder } = configuration;
  const further = furtherAxes(configuration).flatMap(({ words }) => words ?? []);
  return {
    subject: `${modelTitle(modelType)} ${symbol} ${timeframe}`,
    rest: [
      texts.countOfDays({ daysHistory }),
      texts.barAhead({ horizon }),
      titleOf(encoder).toLowerCase(),
      ...further,
    ].join(', '),
  };
}
