import { z } from 'zod';

export type HyperparameterValue = number | string | boolean;

/** Of one model. */
export type Hyperparameters = Readonly<Record<string, HyperparameterValue>>;

/** The two models of a target that is about trades. */
export const MODEL_SIDES = ['long', 'short'] as const;
export type ModelSide = (typeof MODEL_SIDES)[number];

/** Of the two models of such a target, where they differ. */
export type SideHyperparameters = { readonly [Side in ModelSide]: Hyperparameters };

/** Of a configuration: what each of its models has, or of two models what either has. */
export type ConfiguredHyperparameters = Hyperparameters | SideHyperparameters;

const ofOneModel = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.boolean()]),
) as z.ZodType<Hyperparameters>;

/** As they are stored. */
export const hyperparametersSchema: z.ZodType<ConfiguredHyperparameters> = z.union([
  ofOneModel,
  z.strictObject({ long: ofOneModel, short: ofOneModel }),
]);

export function areOfSides(given: ConfiguredHyperparameters): given is SideHyperparameters {
  // A hyper-parameter of this name would be a plain value.
  return typeof (given as Partial<SideHyperparameters>).long === 'object';
}

/** Those of one model of a configuration; `both`: of the one that it has. */
export function hyperparametersOf(
  given: ConfiguredHyperparameters,
  side: ModelSide | 'both',
): Hyperparameters {
  if (!areOfSides(given)) return given;
  // A target with one model is refused a pair where a configuration is made.
  if (side === 'both') throw new RangeError('expected hyper-parameters of one model, found LONG and SHORT');
  return given[side];
}

/** Of two models; those that are the same are written once, so that one model has one name. */
export function joinedSides({ long, short }: SideHyperparameters): ConfiguredHyperparameters {
  return areEqual(long, short) ? long : { long, short };
}

function areEqual(a: Hyperparameters, b: Hyperparameters): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key])
  );
}

/** Other values of some; of two models that differ in each. */
export function withParameters(
  given: ConfiguredHyperparameters,
  changed: Hyperparameters,
): ConfiguredHyperparameters {
  if (!areOfSides(given)) return { ...given, ...changed };
  return joinedSides({ long: { ...given.long, ...changed }, short: { ...given.short, ...changed } });
}

/** As people read them: `alpha`, and `LONG alpha` where the two models differ. */
export function namedHyperparameters(
  given: ConfiguredHyperparameters,
): { readonly name: string; readonly value: HyperparameterValue }[] {
  const named = (of: Hyperparameters, head = '') =>
    Object.entries(of).map(([name, value]) => ({ name: `${head}${name}`, value }));
  if (!areOfSides(given)) return named(given);
  return MODEL_SIDES.flatMap((side) => named(given[side], `${side.toUpperCase()} `));
}

/** Per hyper-parameter a value, or a list that is an axis of a grid. */
export type HyperparameterAxes = Readonly<Record<string, HyperparameterValue | HyperparameterValue[]>>;
export type SideAxes = { readonly [Side in ModelSide]: HyperparameterAxes };

const value = z.union([z.number(), z.string(), z.boolean()]);
const valueOrList = z.union([value, z.array(value).min(1)]);

/** As a grid file has them of a model type: of each of its models, or of LONG and SHORT in a section each. */
export const hyperparameterAxesSchema = z
  .record(z.string(), z.union([valueOrList, z.record(z.string(), valueOrList)]))
  .superRefine((given, ctx) => {
    const refuse = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path, message });
    const isSection = (key: string) => typeof given[key] === 'object' && !Array.isArray(given[key]);
    const sections = Object.keys(given).filter(isSection);
    if (sections.length === 0) return;
    for (const key of Object.keys(given).filter((one) => !isSide(one) || !isSection(one))) {
      refuse(
        [key],
        isSection(key)
          ? 'expected a value or a list of values, found a section of keys; only long and short have one each'
          : 'stands beside the sections of LONG and SHORT: put it into each that it is for',
      );
    }
    const missing = MODEL_SIDES.filter((side) => !sections.includes(side));
    if (missing.length === 1) {
      refuse([], `${missing[0]} is missing beside the other model; ${missing[0]}: {} is its defaults`);
    }
  }) as unknown as z.ZodType<HyperparameterAxes | SideAxes, HyperparameterAxes | SideAxes>;

export function isSide(key: string): key is ModelSide {
  return (MODEL_SIDES as readonly string[]).includes(key);
}

export function areAxesOfSides(given: HyperparameterAxes | SideAxes): given is SideAxes {
  const long: unknown = given.long;
  return typeof long === 'object' && !Array.isArray(long);
}
