/** Part of JSON Schema that Regimen's own schemas are written in. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
}

/** More of them are told by their number. */
const MOST_WORDS = 40;

/** What values a schema takes, in a few words. */
export function valuesOf(schema: Schema): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) {
    const words = schema.enum.map(String);
    return words.length > MOST_WORDS ? `one of ${words.length} words` : words.join(', ');
  }
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return [...new Set(variants.map(valuesOf))].join(' or ');
  if (schema.allOf !== undefined) return schema.allOf.map(valuesOf).join(' and ');
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  switch (schema.type) {
    case 'array':
      return schema.prefixItems === undefined
        ? `list of ${valuesOf(schema.items ?? {})}`
        : `[${schema.prefixItems.map(valuesOf).join(', ')}]`;
    case 'integer':
      return `whole number${rangeOf(schema)}`;
    case 'number':
      return `number${rangeOf(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return schema.format ?? 'text';
    case 'object':
      return 'keys of its own';
    default:
      return 'any';
  }
}

/** Zod writes the whole numbers that a computer holds where there is no bound. */
const isBound = (value: number | undefined) =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const parts = [
    isBound(minimum) ? `from ${minimum}` : isBound(exclusiveMinimum) ? `above ${exclusiveMinimum}` : '',
    isBound(maximum) ? `to ${maximum}` : isBound(exclusiveMaximum) ? `below ${exclusiveMaximum}` : '',
  ].filter(Boolean);
  return parts.length === 0 ? '' : ` ${parts.join(' ')}`;
}
