/** Whole numbers or numbers of a range; `log`: drawn evenly over their logarithm. */
export interface NumericDomain {
  readonly type: 'int' | 'float';
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
}

export type Choice = number | string | boolean;

export interface CategoricalDomain {
  readonly type: 'categorical';
  readonly choices: readonly Choice[];
}

export type Domain = NumericDomain | CategoricalDomain;

/** One hyper-parameter that is searched. */
export interface Parameter {
  readonly name: string;
  readonly domain: Domain;
  /** It exists only where an earlier parameter has one of these values. */
  readonly when?: { readonly name: string; readonly values: readonly Choice[] };
}

/** In the order that values are drawn in. */
export type SearchSpace = readonly Parameter[];

export type Parameters = Readonly<Record<string, Choice>>;

/** What is wrong with a search space, in words; none where it can be searched. */
export function spaceProblems(space: SearchSpace): { readonly name: string; readonly message: string }[] {
  const earlier = new Set<string>();
  return space.flatMap(({ name, domain, when }) => {
    const problems = domainProblems(domain);
    if (earlier.has(name)) problems.push('it is there twice');
    if (when !== undefined && !earlier.has(when.name))
      problems.push(`it depends on ${when.name}, which does not come before it`);
    earlier.add(name);
    return problems.map((message) => ({ name, message }));
  });
}

function domainProblems(domain: Domain): string[] {
  if (domain.type === 'categorical') {
    return domain.choices.length > 0 ? [] : ['expected at least one choice, found none'];
  }
  const { type, low, high, log } = domain;
  const problems: string[] = [];
  if (!(low <= high)) problems.push(`expected a range that goes up, found ${low} to ${high}`);
  if (log === true && !(low > 0)) problems.push(`expected a range above 0 for log, found ${low} to ${high}`);
  if (type === 'int' && !(Number.isInteger(low) && Number.isInteger(high)))
    problems.push(`expected whole numbers, found ${low} to ${high}`);
  return problems;
}

/** Whether a parameter exists where the earlier ones have these values. */
export function isActive({ when }: Parameter, values: Parameters): boolean {
  if (when === undefined) return true;
  const value = values[when.name];
  return value !== undefined && when.values.includes(value);
}

/** The parameters that exist for these values, and nothing else; the same values are the same text. */
export function parametersKey(space: SearchSpace, values: Parameters): string {
  return JSON.stringify(
    space.flatMap((parameter) =>
      isActive(parameter, values) ? [[parameter.name, values[parameter.name]]] : [],
    ),
  );
}

/** Where a value stands on the scale that it is drawn on: the logarithm, the number, or the position of the choice. */
export function onScale(domain: Domain, value: Choice): number {
  if (domain.type === 'categorical') return domain.choices.indexOf(value);
  return domain.log === true ? Math.log(value as number) : (value as number);
}

/** Ends of that scale; a whole number reaches half of one beyond its own. */
export function scaleOf({ type, low, high, log }: NumericDomain): {
  readonly low: number;
  readonly high: number;
} {
  const margin = type === 'int' ? 0.5 : 0;
  return log === true
    ? { low: Math.log(low - margin), high: Math.log(high + margin) }
    : { low: low - margin, high: high + margin };
}

/** The value of a domain at a place of its scale. */
export function fromScale({ type, low, high, log }: NumericDomain, place: number): number {
  const value = log === true ? Math.exp(place) : place;
  return Math.min(high, Math.max(low, type === 'int' ? Math.round(value) : value));
}
