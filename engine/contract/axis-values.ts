import { AXIS_LIST, type Configuration } from './configuration.ts';
import { namedHyperparameters } from './hyperparameters.ts';

export type AxisValue = string | number | boolean;

/**
 * What a configuration was trained with, a plain value an axis, by the axis's key; hyper-parameters come by their own names (`alpha`,
 * `LONG alpha`), and indicators only as a whole.
 */
export function axisValues(configuration: Configuration): Record<string, AxisValue> {
  const values: Record<string, AxisValue> = {};
  for (const { key } of AXIS_LIST) {
    const value = configuration[key];
    if (key === 'indicatorTimeframes') values[key] = indicatorsText(configuration.indicatorTimeframes);
    else if (key !== 'hyperparameters') values[key] = value as AxisValue;
  }
  for (const { name, value } of namedHyperparameters(configuration.hyperparameters)) values[name] = value;
  return values;
}

const indicatorsText = (indicators: Configuration['indicatorTimeframes']) =>
  Object.entries(indicators)
    .map(([name, timeframes]) => `${name} ${timeframes.join('+')}`)
    .join(', ');
