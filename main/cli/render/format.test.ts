import { expect, it } from 'vitest';
import { decimal } from './format.ts';

it.each([
  [-0.04, 1, '0.0'],
  [-0.06, 1, '−0.1'],
  [-0.4, 0, '0'],
  [0, 2, '0.00'],
  [-10, 1, '−10.0'],
  [null, 2, '–'],
  [Number.NaN, 2, '–'],
])('writes %d to %d places as %s', (value, digits, text) => expect(decimal(value, digits)).toBe(text));
