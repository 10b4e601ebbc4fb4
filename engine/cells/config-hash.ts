import { AXIS_LIST, type Configuration, INITIAL_VALUES } from '../contract/configuration.ts';
import {
  areOfSides,
  type Hyperparameters,
  joinedSides,
  type SideHyperparameters,
} from '../contract/hyperparameters.ts';
import { storedJson } from '../contract/stored-json.ts';
import { canonicalJson, sha256 } from '../identity/digest.ts';

interface Field {
  readonly key: keyof Configuration;
  /** `"horizon":` */
  readonly name: string;
  /** Canonical JSON of what the axis starts with, if it came after the first release. */
  readonly initial: string | undefined;
}

/** In the order of canonical JSON. */
const FIELDS: readonly Field[] = AXIS_LIST.map(({ key, initial }) => ({
  key,
  name: `${JSON.stringify(key)}:`,
  initial: initial === undefined ? undefined : canonicalJson(initial),
})).sort((a, b) => (a.key < b.key ? -1 : 1));

/** Canonical JSON of what the cells of a job share, so that it is written once for all of them. */
const sharedJson = new WeakMap<object, string>();

function jsonOf(value: unknown): string {
  if (typeof value === 'string') return /^[\w.-]*$/.test(value) ? `"${value}"` : JSON.stringify(value);
  // As JSON writes it, in a third of the time.
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return canonicalJson(value);
  let text = sharedJson.get(value);
  if (text === undefined) {
    text = canonicalJson(
      areOfSides(value as Hyperparameters) ? joinedSides(value as SideHyperparameters) : value,
    );
    sharedJson.set(value, text);
  }
  return text;
}

/**
 * Canonical JSON (RFC 8785) of a configuration. An axis that came after the first release is left out while it has the
 * value that it starts with: everything trained before there was such an axis is still called the same.
 */
export function canonicalConfiguration(configuration: Configuration): string {
  let text = '';
  for (const { key, name, initial } of FIELDS) {
    const value = configuration[key];
    if (value === undefined && initial !== undefined) continue;
    const json = jsonOf(value);
    if (json !== initial) text += `${text === '' ? '{' : ','}${name}${json}`;
  }
  return `${text}}`;
}

/** Identity of a configuration: the digest of its canonical JSON. Put together by hand: jobs have thousands of cells. */
export function configHash(configuration: Configuration): string {
  return sha256(canonicalConfiguration(configuration));
}

/** Reads what `canonicalConfiguration` wrote, now or before there were as many axes. */
export function readConfiguration(json: string): Configuration {
  return { ...INITIAL_VALUES, ...storedJson<Configuration>(json, 'a configuration') };
}
