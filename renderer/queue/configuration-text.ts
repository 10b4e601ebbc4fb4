import { titleOf } from '../ui/format.ts';

export interface ConfigurationText {
  /** `Random forest EURUSD H1`. */
  readonly subject: string;
  /** `60 days, 12 bars ahead, time delta`; empty where the text has no such parts. */
  readonly rest: string;
}

const ENGINE_TEXT = /^(\S+) (.+?), (\d+) days, (\d+) bars ahead, (\w+)$/;

/**
 * The engine's name of a configuration (`random_forest EURUSD H1, 60 days, 12 bars ahead, time_delta`) as the window
 * writes it; any other text stays as it is. `modelTitle` as `useModelTitle` gives it.
 */
export function configurationText(
  text: string,
  modelTitle: (modelType: string) => string,
): ConfigurationText {
  const parts = ENGINE_TEXT.exec(text);
  if (parts === null) return { subject: text, rest: '' };
  const [, modelType = '', market, days, horizon, encoder = ''] = parts;
  const ahead = horizon === '1' ? '1 bar ahead' : `${horizon} bars ahead`;
  return {
    subject: `${modelTitle(modelType)} ${market}`,
    rest: `${days} days, ${ahead}, ${titleOf(encoder).toLowerCase()}`,
  };
}
