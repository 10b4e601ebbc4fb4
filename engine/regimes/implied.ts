import type { RegimeMeasure } from '../contract/words.ts';
import type { RegimeDefinition } from './definition.ts';
import { type Condition, parseRule } from './rules.ts';

/** A regime that can't have a bar of any market: wherever its rules hold, those of one before it do. */
export interface ImpliedShadow {
  readonly name: string;
  /** The first of those before it. */
  readonly takenBy: string;
}

type Definition = Pick<RegimeDefinition, 'name' | 'active' | 'rules'>;

/** Measures that are never below 0, so that a larger multiple of their average is never below a smaller one. */
const NEVER_NEGATIVE: ReadonlySet<RegimeMeasure> = new Set([
  'trend_strength',
  'volatility',
  'volume',
  'range',
]);

/** Of the active regimes, by their rules alone: what is found holds on any candles, and is known at once. */
export function impliedShadows(definitions: readonly Definition[]): ImpliedShadow[] {
  const active = definitions
    .filter((definition) => definition.active)
    .map(({ name, rules }) => ({ name, rules: parsed(rules) }));
  return active.flatMap(({ name, rules }, i) => {
    const taker = active.slice(0, i).find((earlier) => implies(rules, earlier.rules));
    return taker === undefined ? [] : [{ name, takenBy: taker.name }];
  });
}

/** `very_volatile never gets a bar: wherever its rules hold, those of volatile do, which stands before it. Move …` */
export function impliedText({ name, takenBy }: ImpliedShadow): string {
  return `${name} never gets a bar: wherever its rules hold, those of ${takenBy} hold, which stands before it. Move ${name} before ${takenBy}.`;
}

type Rules = ReadonlyMap<RegimeMeasure, readonly Condition[]>;

function parsed(rules: Definition['rules']): Rules {
  return new Map(Object.entries(rules).map(([measure, rule]) => [measure as RegimeMeasure, parseRule(rule)]));
}

/** Whether each condition of `general` follows from one of `special`. */
function implies(special: Rules, general: Rules): boolean {
  return [...general].every(([measure, conditions]) =>
    conditions.every((wanted) =>
      (special.get(measure) ?? []).some((given) => follows(measure, given, wanted)),
    ),
  );
}

/**
 * Whether `wanted` holds wherever `given` does, both of one measure: against references of one kind, of which the larger value gives
 * no smaller reference.
 */
function follows(measure: RegimeMeasure, given: Condition, wanted: Condition): boolean {
  if (given.reference !== wanted.reference || given.operator[0] !== wanted.operator[0]) return false;
  if (given.reference === 'average' && given.value !== wanted.value && !NEVER_NEGATIVE.has(measure)) {
    return false;
  }
  const isAbove = given.operator[0] === '>';
  const slack = isAbove ? given.value - wanted.value : wanted.value - given.value;
  if (slack !== 0 && given.reference === 'number') return slack > 0;
  // Of other references two values may give the same one: then the operators decide.
  const isWeaker = given.operator === wanted.operator || wanted.operator.endsWith('=');
  return slack >= 0 && isWeaker;
}
