import { z } from 'zod';

/** Hyper-parameters that several tree models share, by the names of the libraries that made them known. */
export const estimators = count(100, 5000, 'Number of trees.');

export const earlyStopping = z
  .int()
  .min(0)
  .max(1000)
  .default(0)
  .describe(
    'Stop after this many rounds without improvement on the left-out block, and keep the best round; 0: never stop.',
  );

export function learningRate(byDefault: number) {
  return share(byDefault, 'Factor on every tree: smaller learns slower and needs more trees.');
}

export function depth(byDefault: number, max: number) {
  return count(byDefault, max, 'Splits from the root to the deepest leaf.');
}

export function maxBin(byDefault: number) {
  return z
    .int()
    .min(3)
    .max(256)
    .default(byDefault)
    .describe('Bins per feature, one of them for missing values.');
}

/** A share of a whole, above 0. */
export function share(byDefault: number, description: string) {
  return z.number().min(0.001).max(1).default(byDefault).describe(description);
}

/** A penalty or a limit that 0 switches off. */
export function atLeastZero(byDefault: number, description: string) {
  return z.number().min(0).max(1e6).default(byDefault).describe(description);
}

export function count(byDefault: number, max: number, description: string) {
  return z.int().min(1).max(max).default(byDefault).describe(description);
}
