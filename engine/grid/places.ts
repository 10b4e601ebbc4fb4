import { canonicalJson } from '../identity/digest.ts';

/** The values of a grid's axes, and its models with their hyper-parameters, each in its order. */
export interface Placed {
  readonly lists: readonly (readonly [axis: string, values: readonly unknown[]])[];
  readonly variants: readonly { readonly modelType: string; readonly hyperparameters: object }[];
}

/** Finds the place of a value among those of its axis; undefined where it is none of them. */
export interface Places {
  value(axis: string, value: unknown): number | undefined;
  variant(modelType: string, hyperparameters: object): number | undefined;
  /** Whether two values say the same. */
  same(a: unknown, b: unknown): boolean;
}

/** Nothing is worked out before it is asked for. */
export function createPlaces(placed: () => Placed): Places {
  let axes: Map<string, Map<unknown, number>> | undefined;
  let variants: Map<string, number> | undefined;
  /** Thousands of configurations share what is no plain value. */
  const texts = new WeakMap<object, string>();

  function keyOf(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    let text = texts.get(value);
    if (text === undefined) {
      text = canonicalJson(value);
      texts.set(value, text);
    }
    return text;
  }
  const numbered = <T>(values: readonly T[], key: (value: T) => unknown) =>
    new Map(values.map((value, i) => [key(value), i]));
  const nameOf = (modelType: string, hyperparameters: object) => `${modelType} ${keyOf(hyperparameters)}`;

  return {
    value(axis, value) {
      axes ??= new Map(placed().lists.map(([name, values]) => [name, numbered(values, keyOf)]));
      return axes.get(axis)?.get(keyOf(value));
    },
    variant(modelType, hyperparameters) {
      variants ??= numbered(placed().variants, (v) => nameOf(v.modelType, v.hyperparameters)) as Map<
        string,
        number
      >;
      return variants.get(nameOf(modelType, hyperparameters));
    },
    same: (a, b) => keyOf(a) === keyOf(b),
  };
}
