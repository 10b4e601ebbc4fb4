import type { Change } from './edit.ts';
import type { YamlDocument } from './yaml.ts';

/** Names that keys had in earlier releases, by section; a file that uses them means the names of today. */
const OLD_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  storage: { artefacts_dir: 'artifacts_dir' },
  queue: { max_parallel_queues: 'max_parallel_jobs' },
};

type Section = Readonly<Record<string, unknown>>;

/**
 * A document with today's names in place of old ones. Where a file has both, the old one stays and is reported as the
 * unknown key that it is.
 */
export function withTodaysNames(document: YamlDocument): YamlDocument {
  const { value } = document;
  if (!isSection(value)) return document;
  const spelled = new Map<string, string>();
  const sections = Object.entries(value).map(([name, section]) => {
    const names = Object.hasOwn(OLD_NAMES, name) ? OLD_NAMES[name] : undefined;
    if (names === undefined || !isSection(section)) return [name, section];
    const keys = Object.entries(section).map(([key, entry]) => {
      const today = todaysName(names, key);
      if (today === key || Object.hasOwn(section, today)) return [key, entry];
      spelled.set(`${name}.${today}`, key);
      return [today, entry];
    });
    return [name, Object.fromEntries(keys)];
  });
  return {
    value: Object.fromEntries(sections),
    lineOf([section, key, ...deeper]) {
      const place = [section, key].filter((part) => part !== undefined);
      const old = spelled.get(place.join('.'));
      return document.lineOf([
        ...(old === undefined || section === undefined ? place : [section, old]),
        ...deeper,
      ]);
    },
  };
}

function todaysName(names: Readonly<Record<string, string>>, key: string): string {
  return (Object.hasOwn(names, key) ? names[key] : undefined) ?? key;
}

/** Takes the old name of a key out where the key is set, so that a file never has both. */
export function withoutOldNames(changes: readonly Change[]): Change[] {
  return changes.flatMap((change) => {
    const [section, key] = change.keys;
    const names = Object.hasOwn(OLD_NAMES, section) ? OLD_NAMES[section] : undefined;
    const removed = Object.entries(names ?? {})
      .filter(([, today]) => today === key)
      .map(([old]): Change => ({ keys: [section, old], value: undefined }));
    return [...removed, change];
  });
}

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
