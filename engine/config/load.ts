import type { RenamedKeyDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import {
  foundText,
  type PlacedProblem,
  problemDetails,
  problemLines,
  problemsOf,
} from '../contract/problems.ts';
import { withTodaysNames } from './old-names.ts';
import { type Config, configSchema } from './schema.ts';
import { readYaml, type YamlDocument } from './yaml.ts';

export interface ConfigText {
  /** Its path, for messages. */
  readonly file: string;
  readonly text: string;
}

/** Keys that a file calls by other names than here, in the order of its lines. Throws as `readYaml`. */
export function renamedKeys({ file, text }: ConfigText): readonly RenamedKeyDto[] {
  return withTodaysNames(readYaml(text, file)).renamed;
}

/**
 * Reads the default configuration and, over it, the user's: key by key in sections, lists as a whole. A section or file
 * that is there but empty changes nothing. Throws `config-invalid` with every problem at once (details.problems), each
 * with its file and line; text that is no YAML is reported alone.
 */
export function loadConfig(defaults: ConfigText, overrides?: ConfigText): Config {
  const texts = overrides === undefined ? [defaults] : [defaults, overrides];
  const sources = texts.map(({ file, text }) => ({ file, ...withTodaysNames(readYaml(text, file)) }));
  for (const { file, value } of sources) {
    if (!isEmpty(value) && !isSection(value)) {
      const message = `${file}: expected sections such as "queue:" with keys below them, found ${foundText(value)}.`;
      throw new EngineError('config-invalid', message, { file });
    }
  }
  const merged = sources
    .map(({ value }) => value)
    .reduce((base, over) => override(withoutReplacedCosts(base, over), over), {});
  const result = configSchema.safeParse(merged);
  if (result.success) return result.data;
  throw problemReport(problemsOf(result.error, configSchema), sources);
}

type Source = YamlDocument & { readonly file: string };
type Section = Readonly<Record<string, unknown>>;

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null;
}

function override(base: unknown, over: unknown): unknown {
  if (isEmpty(over) && isSection(base)) return base;
  if (!isSection(base) || !isSection(over)) return over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = Object.hasOwn(base, key) ? override(base[key], value) : value;
  }
  return merged;
}

/** Costs of a symbol in a unit of its own stand in the place of those in pips, which are other keys. */
function withoutReplacedCosts(base: unknown, over: unknown): unknown {
  const before = symbolCosts(base);
  const replaced = Object.entries(symbolCosts(over)).filter(
    ([, own]) => isSection(own) && !isEmpty(own.unit),
  );
  if (!replaced.some(([symbol]) => Object.hasOwn(before, symbol))) return base;
  const names = new Set(replaced.map(([symbol]) => symbol));
  const symbols = Object.fromEntries(Object.entries(before).filter(([symbol]) => !names.has(symbol)));
  const { costs, ...rest } = base as Section;
  return { ...rest, costs: { ...(costs as Section), symbols } };
}

function symbolCosts(config: unknown): Section {
  const costs = isSection(config) ? config.costs : undefined;
  const symbols = isSection(costs) ? costs.symbols : undefined;
  return isSection(symbols) ? symbols : {};
}

function problemReport(problems: readonly PlacedProblem[], sources: readonly Source[]): EngineError {
  const located = problems
    .map(({ keys, path, message }) => {
      const source = sources.findLast(({ value }) => says(value, keys)) ?? sources[0]!;
      return { path, message, source, line: source.lineOf(keys) };
    })
    .sort((a, b) => sources.indexOf(a.source) - sources.indexOf(b.source) || a.line - b.line);
  const lines = problemLines(located, (p) => `${p.source.file} line ${p.line}: ${p.path}: ${p.message}`);
  const count = located.length === 1 ? 'a problem' : `${located.length} problems`;
  return new EngineError('config-invalid', `The configuration has ${count}:\n${lines}`, {
    file: located[0]!.source.file,
    line: located[0]!.line,
    ...problemDetails(
      located.map(({ path, message, source, line }) => ({ path, message, file: source.file, line })),
    ),
  });
}

/** Whether a file says anything at this place. */
function says(value: unknown, keys: readonly (string | number)[]): boolean {
  let at = value;
  for (const key of keys) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Record<string | number, unknown>)[key];
  }
  return true;
}
