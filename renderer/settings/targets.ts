import type { SettingsDto } from '../../engine/contract/dto/index.ts';
import { VALIDATION_SCHEMES, type ValidationScheme } from '../../engine/contract/validation.ts';
import { type CostRow, settingTitle, valueAt } from './fields.ts';
import { texts } from './texts.ts';

type Tree = Readonly<Record<string, unknown>>;

/** What the figures of each symbol should reach in a mode, by the figures that the configuration knows; none where it knows no targets. */
export function targetRows(
  { schema, values }: Pick<SettingsDto, 'schema' | 'values'>,
  stored: readonly string[],
  mode: ValidationScheme,
): readonly CostRow[] {
  const place = `validation.targets.${mode}`;
  const inSchema = `properties.validation.properties.targets.properties.${mode}.additionalProperties.properties`;
  const figures = Object.keys((valueAt(schema, inSchema) ?? {}) as Tree);
  const given = (valueAt(values, place) ?? {}) as Readonly<Record<string, Tree>>;
  const symbols = [...new Set([...stored, ...Object.keys(given)])].sort();
  return symbols.map((symbol) => ({
    symbol,
    fields: figures.map((key) => ({
      path: `${place}.${symbol}.${key}`,
      title: settingTitle(key),
      help: '',
      parameter: { key, kind: 'text', list: false, description: '', choices: [], fallback: undefined },
      value: given[symbol]?.[key],
      fallback: undefined,
      read: readTarget,
      titles: {},
    })),
  }));
}

/** All of them, whichever mode is shown. */
export function allTargetRows(settings: SettingsDto, stored: readonly string[]): readonly CostRow[] {
  return VALIDATION_SCHEMES.flatMap((mode) => targetRows(settings, stored, mode));
}

/** `0.6`, or `0.60, 0.63` and `0.60 to 0.63`: what is asked for, and how far it usually comes. */
export function readTarget(text: string): { readonly value: unknown } | { readonly problem: string } {
  const numbers = text
    .trim()
    .split(/\s*(?:,|;|\bto\b|\s)\s*/)
    .map((part) => (part === '' ? Number.NaN : Number(part)));
  const isTarget =
    numbers.every(Number.isFinite) &&
    (numbers.length === 1 || (numbers.length === 2 && numbers[0]! <= numbers[1]!));
  if (!isTarget) return { problem: texts.pleaseUseNumberOrTwo };
  return { value: numbers.length === 1 ? numbers[0] : numbers };
}
