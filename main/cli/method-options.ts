import { Option } from 'commander';
import { z } from 'zod';
import { apiInputs, type Method } from '../../engine/contract/api/index.ts';
import { flagOf } from './command-words.ts';

/**
 * Command line options of a method, from its input schema: `priceScale` becomes `--price-scale <value>`, a boolean a
 * flag. Fields without a description are filled by the command itself and get no option.
 */
export function methodOptions(method: Method, positionals: readonly string[]): Option[] {
  const shape: Readonly<Record<string, z.ZodType>> = apiInputs[method].shape;
  return Object.entries(shape)
    .filter(([key, schema]) => schema.description !== undefined && !positionals.includes(key))
    .map(([key, schema]) => {
      const flag = flagOf(key);
      const option = new Option(isBoolean(schema) ? flag : `${flag} <value>`, schema.description);
      const optional = schema.safeParse(undefined).success;
      return optional ? option : option.makeOptionMandatory();
    });
}

function isBoolean(schema: z.ZodType): boolean {
  let inner: unknown = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner instanceof z.ZodBoolean;
}
