import type { RenamedKeyDto } from '../contract/dto/index.ts';
import type { Change } from './edit.ts';
import type { YamlDocument } from './yaml.ts';

/**
 * Names that keys have elsewhere, `section.key`, with those that they have here: of earlier releases, and of systems that people
 * bring their files from. A file that uses them means the names of today.
 */
const NAMES_OF_TODAY: Readonly<Record<string, string>> = {
  'storage.artefacts_dir': 'storage.artifacts_dir',
  'storage.compress_old_models': 'model_management.compress_old_models',
  'model_management.min_improvement_threshold': 'evaluation.min_improvement_threshold',
  'queue.max_parallel_queues': 'queue.max_parallel_jobs',
  'queue.max_inference_workers': 'queue.threads',
  'evaluation.train_ratio': 'evaluation.split',
  'training.train_ratio': 'evaluation.split',
};

type Section = Readonly<Record<string, unknown>>;

/** A document in today's names, and what was renamed in it. */
export interface TodaysDocument extends YamlDocument {
  readonly renamed: readonly RenamedKeyDto[];
}

/**
 * A document with today's names in place of others. Where a file has both, the other one stays and is reported as the
 * unknown key that it is.
 */
export function withTodaysNames(document: YamlDocument): TodaysDocument {
  const { value } = document;
  if (!isSection(value)) return { ...document, renamed: [] };
  const sections = new Map(
    Object.entries(value).map(([name, section]) => [name, isSection(section) ? { ...section } : section]),
  );
  const renamed: RenamedKeyDto[] = [];
  for (const [place, today] of Object.entries(NAMES_OF_TODAY)) {
    const [from, key] = splitName(place);
    const [to, name] = splitName(today);
    const given = sections.get(from);
    const target = sections.get(to) ?? {};
    if (!isSection(given) || !Object.hasOwn(given, key)) continue;
    if (!isSection(target) || Object.hasOwn(target, name)) continue;
    const { [key]: entry, ...others } = given;
    sections.set(from, others);
    sections.set(to, { ...(to === from ? others : target), [name]: entry });
    renamed.push({ path: place, today, line: document.lineOf([from, key]) });
  }
  renamed.sort((a, b) => a.line - b.line);
  const spelled = new Map(renamed.map(({ path, today }) => [today, splitName(path)]));
  return {
    value: Object.fromEntries(sections),
    renamed,
    lineOf([section, key, ...deeper]) {
      const place = [section, key].filter((part) => part !== undefined);
      return document.lineOf([...(spelled.get(place.join('.')) ?? place), ...deeper]);
    },
  };
}

function splitName(name: string): [section: string, key: string] {
  return name.split('.') as [string, string];
}

/** Takes the other names of a key out where the key is set, so that a file never has both. */
export function withoutOldNames(changes: readonly Change[]): Change[] {
  return changes.flatMap((change) => {
    const removed = Object.entries(NAMES_OF_TODAY)
      .filter(([, today]) => today === change.keys.join('.'))
      .map(([old]): Change => ({ keys: splitName(old), value: undefined }));
    return [...removed, change];
  });
}

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
