import type { Hyperparameters } from '../../../engine/contract/configuration.ts';
import { parameterTitle } from '../../../engine/contract/parameter-titles.ts';
import { formatShort } from '../../ui/format.ts';

/** Four digits tell values apart that matter. */
export function exact(value: number): string {
  return formatShort(value);
}

/** `Penalty 0.52, Lasso share 0.1`. */
export function paramsText(params: Hyperparameters): string {
  return Object.entries(params)
    .map(([name, value]) => `${parameterTitle(name)} ${typeof value === 'number' ? exact(value) : value}`)
    .join(', ');
}
