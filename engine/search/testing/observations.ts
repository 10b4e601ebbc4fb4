import type { Observations } from '../parzen.ts';
import { type Domain, onScale } from '../space.ts';

/** Observations at these places of a scale, oldest first. */
export function observations(places: readonly number[]): Observations {
  const positions = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]!);
  return { places: Float64Array.from(places), ascending: Uint32Array.from(positions) };
}

/** Observations of these values of a domain; positions of a choice. */
export function observedValues(domain: Domain, values: readonly number[]): Observations {
  return observations(domain.type === 'categorical' ? values : values.map((value) => onScale(domain, value)));
}
