import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../main/launch/builds.mjs';
import { filesBelow } from './record-build.ts';

/** A library that Regimen is delivered with, whole or in part. */
export interface Notice {
  readonly name: string;
  readonly version: string;
  /** SPDX, as its author says. */
  readonly license: string;
  readonly author: string | null;
  /** What its license asks to be passed on; null where its package has no such file. */
  readonly text: string | null;
}

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type: string };
  readonly author?: string | { readonly name: string };
}

const IMPORTED = /(?:from|import)\s+'(@[^'/]+\/[^'/]+|[^'@./][^'/]*)/g;
const LICENSE_FILE = /^(licen[cs]e|notice|copying)/i;

/**
 * All libraries that the product's bundles may hold, by name and version: the dependencies, what the page imports, and theirs in turn. Some
 * of them no bundle takes in: a notice too many does no harm.
 */
export function collectNotices(project = PROJECT): Notice[] {
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const { packages } = lock;
  const found = new Set<string>();

  /** Where a package finds a library: in its own folder, or in one above it. */
  function placeOf(from: string, name: string): string | undefined {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
      const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
      if (packages[place] !== undefined) return place;
      if (at === '') return undefined;
    }
  }

  function take(from: string, names: readonly string[]): void {
    for (const name of names) {
      const place = placeOf(from, name);
      // What is optional may be of another platform.
      if (place === undefined || found.has(place) || readManifest(project, place) === undefined) continue;
      found.add(place);
      const { dependencies, optionalDependencies, peerDependencies } = packages[place]!;
      take(place, Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }));
    }
  }

  take('', [...Object.keys(packages['']!.dependencies ?? {}), ...importedByThePage(project)]);
  return [...found]
    .map((place) => noticeOf(project, place))
    .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function importedByThePage(project: string): string[] {
  const sources = filesBelow('renderer', project).filter(
    (path) => /\.tsx?$/.test(path) && !/\.test\.|testing\//.test(path),
  );
  const names = sources.flatMap((path) =>
    [...readFileSync(join(project, path), 'utf8').matchAll(IMPORTED)].map(([, name]) => name!),
  );
  return [...new Set(names)];
}

function readManifest(project: string, place: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(project, place, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

function noticeOf(project: string, place: string): Notice {
  const { name, version, license, author } = readManifest(project, place)!;
  const files = readdirSync(join(project, place))
    .filter((file) => LICENSE_FILE.test(file))
    .sort();
  const texts = files.map((file) => readFileSync(join(project, place, file), 'utf8').trim());
  return {
    name,
    version,
    license: typeof license === 'string' ? license : (license?.type ?? 'unknown'),
    author: typeof author === 'string' ? author : (author?.name ?? null),
    text: texts.length === 0 ? null : texts.join('\n\n'),
  };
}

/** As the file in the package has them. */
export function noticesText(notices: readonly Notice[]): string {
  const each = notices.map(({ name, version, license, author, text }) =>
    [
      `${name} ${version} (${license})${author === null ? '' : `, ${author}`}`,
      ...(text === null ? [] : [text]),
    ].join('\n\n'),
  );
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return ['Regimen is delivered with parts of these libraries.', ...each].join(rule).concat('\n');
}
