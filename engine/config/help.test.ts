import { expect, it } from 'vitest';
import { readDefaults } from './files.ts';
import { helpOf } from './help.ts';
import { loadConfig } from './load.ts';

/** Paths of everything that is no section. */
function leaves(value: object, path: string): string[] {
  return Object.entries(value).flatMap(([key, v]) => {
    const place = path === '' ? key : `${path}.${key}`;
    return typeof v === 'object' && !Array.isArray(v) ? leaves(v, place) : [place];
  });
}

it('explains every key of the defaults', () => {
  const defaults = readDefaults();
  const help = helpOf(defaults.text);
  expect(leaves(loadConfig(defaults), '').filter((path) => help[path] === undefined)).toEqual([]);
});

it('reads comments before keys, first keys, sections, and tables', () => {
  const help = helpOf(`# About the file.

# --- Costs -----
# What it costs:
#   spread    ask minus bid
#   swap      over night
# That is all.
costs:
  # Wherever.
  default:
    spread: 1
    # Told here.
    swap: 2
  # Few.
  # Really.
  count: 3
other: 1
`);
  expect(help).toEqual({
    costs: 'What it costs:\nspread: ask minus bid\nswap: over night\nThat is all.',
    'costs.default': 'Wherever.',
    'costs.default.spread': 'ask minus bid',
    'costs.default.swap': 'Told here.',
    'costs.count': 'Few. Really.',
  });
});
