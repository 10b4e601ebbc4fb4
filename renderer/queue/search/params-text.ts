import type { Hyperparameters } from '../../../engine/contract/configuration.ts';
import { formatShort } from '../../ui/format.ts';

/** Four digits tell values apart that matter. */
export function exact(value: number): string {
  return formatShort(value);
}

/** `alpha 0.52, l1_ratio 0.1`. */
export function paramsText(params: Hyperparameters): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? exact(value) : value}`)
    .join(', ');
}
