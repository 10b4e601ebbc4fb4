import { texts } from './texts/ui.ts';
/** What a form needs of a JSON Schema property. */
export interface Parameter {
  readonly key: string;
  readonly kind: 'integer' | 'number' | 'boolean' | 'choice' | 'text';
  /** A list of such values. */
  readonly list: boolean;
  readonly description: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** All that there are; of a text some that are suggested. */
  readonly choices: readonly string[];
  readonly fallback: unknown;
}

interface Property {
  readonly type?: unknown;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly examples?: unknown;
  readonly anyOf?: unknown;
  readonly description?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exclusiveMinimum?: unknown;
  readonly default?: unknown;
}

/** The properties of an object's JSON Schema, in its order. */
export function parametersOf(schema: Readonly<Record<string, unknown>>): readonly Parameter[] {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return Object.entries(properties).map(([key, property]) => parameterOf(key, property));
}

/** One property of a schema; of a list, what its entries are. */
export function parameterOf(key: string, schema: Readonly<Record<string, unknown>>): Parameter {
  const list = schema.type === 'array';
  const property = (list ? schema.items : schema) as Property;
  const variants = (Array.isArray(property.anyOf) ? property.anyOf : [property]) as readonly Property[];
  const choices = variants.flatMap((variant) => {
    if (Array.isArray(variant.enum)) return variant.enum.map(String);
    return variant.const === undefined ? [] : [String(variant.const)];
  });
  const numeric = variants.find((variant) => variant.type === 'integer' || variant.type === 'number');
  const kind = numeric
    ? (numeric.type as 'integer' | 'number')
    : variants.some((variant) => variant.type === 'boolean')
      ? 'boolean'
      : choices.length > 0
        ? 'choice'
        : 'text';
  const suggested = kind === 'text' && Array.isArray(property.examples) ? property.examples.map(String) : [];
  return {
    key,
    kind,
    list,
    description: typeof schema.description === 'string' ? schema.description : '',
    min: bound(numeric?.minimum ?? numeric?.exclusiveMinimum),
    max: bound(numeric?.maximum),
    choices: kind === 'text' ? suggested : choices,
    fallback: schema.default,
  };
}

/** zod writes the whole safe range where a whole number has no bound of its own. */
function bound(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}

/** `0.01 to 1`, `at least 2`; empty without bounds. */
export function boundsText({ min, max }: Pick<Parameter, 'min' | 'max'>): string {
  if (min !== undefined && max !== undefined) return texts.minToMax({ min, max });
  if (min !== undefined) return texts.atLeast({ min });
  return max === undefined ? '' : texts.atMost({ max });
}

/** What a user typed as a value of the parameter, or the reason why it is none. */
export function readValue(
  parameter: Parameter,
  text: string,
): { readonly value: number | string | boolean } | { readonly problem: string } {
  const trimmed = text.trim();
  if (parameter.choices.includes(trimmed)) return { value: trimmed };
  if (parameter.kind === 'boolean') {
    if (trimmed === 'true' || trimmed === 'false') return { value: trimmed === 'true' };
    return { problem: texts.trueOrFalse };
  }
  if (parameter.kind === 'choice') return { problem: texts.oneOf({ choices: parameter.choices.join(', ') }) };
  if (parameter.kind === 'text') return { value: trimmed };
  const value = trimmed === '' ? Number.NaN : Number(trimmed);
  const expected = `a ${parameter.kind === 'integer' ? texts.whole : ''}number${
    boundsText(parameter) === '' ? '' : `, ${boundsText(parameter)}`
  }${parameter.choices.length === 0 ? '' : texts.orChoices({ choices: parameter.choices.join(', ') })}`;
  const fits =
    Number.isFinite(value) &&
    (parameter.kind !== 'integer' || Number.isInteger(value)) &&
    value >= (parameter.min ?? Number.NEGATIVE_INFINITY) &&
    value <= (parameter.max ?? Number.POSITIVE_INFINITY);
  return fits ? { value } : { problem: expected };
}
