#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Makes the deb that electron-builder asks fpm for, by Debian's own dpkg-deb: fpm is a download of its own. Takes fpm's options as electron-builder
 * writes them, and refuses those that it doesn't know: `CUSTOM_FPM_PATH=scripts/builds/deb.mjs electron-builder --linux deb`. Plain JavaScript, since
 * whatever Node comes first runs it.
 */

/** Fields of the control file, https://www.debian.org/doc/debian-policy/ch-controlfields.html, by fpm's options. */
const FIELDS = new Map([
  ['--name', 'Package'],
  ['--version', 'Version'],
  ['--architecture', 'Architecture'],
  ['--maintainer', 'Maintainer'],
  ['--vendor', 'Vendor'],
  ['--url', 'Homepage'],
  ['--deb-priority', 'Priority'],
  ['--category', 'Section'],
  ['--license', 'License'],
]);
/** Fields that are lists. */
const LISTS = new Map([
  ['-d', 'Depends'],
  ['--deb-recommends', 'Recommends'],
]);
const SCRIPTS = new Map([
  ['--after-install', 'postinst'],
  ['--after-remove', 'postrm'],
]);
/** Whoever takes gz for a package of this size wants it soon. */
const COMPRESSIONS = new Map([
  ['gz', ['-Zgzip', '-z1']],
  ['xz', ['-Zxz']],
]);

/** @param {readonly string[]} argv */
function read(argv) {
  const asked = {
    /** @type {Record<string, string>} */ fields: {},
    /** @type {Record<string, string[]>} */ lists: {},
    /** @type {Record<string, string>} */ scripts: {},
    /** @type {[from: string, to: string][]} */ files: [],
    /** @type {readonly string[]} */ compression: ['-Zxz'],
    description: '',
    file: '',
  };
  const left = [...argv];
  for (let option = left.shift(); option !== undefined; option = left.shift()) {
    if (option === '--force') continue;
    const [, from, to] = (option.startsWith('-') ? null : /^(.+)=(\/.+)$/.exec(option)) ?? [];
    if (from !== undefined && to !== undefined) {
      asked.files.push([from, to]);
      continue;
    }
    const value = left.shift();
    if (value === undefined) throw new Error(`Expected a value for ${option}, found the end.`);
    const field = FIELDS.get(option);
    const list = LISTS.get(option);
    const script = SCRIPTS.get(option);
    const compression = option === '--deb-compression' ? COMPRESSIONS.get(value) : undefined;
    if (field !== undefined) asked.fields[field] = value;
    else if (list !== undefined) asked.lists[list] = [...(asked.lists[list] ?? []), value];
    else if (script !== undefined) asked.scripts[script] = value;
    else if (compression !== undefined) asked.compression = compression;
    else if (option === '--description') asked.description = value;
    else if (option === '--package') asked.file = value;
    else if (!(option === '-s' && value === 'dir') && !(option === '-t' && value === 'deb'))
      throw new Error(
        `Expected options of a deb as electron-builder gives them to fpm, found ${option} ${value}.`,
      );
  }
  return asked;
}

/** Bytes below a folder. @param {string} folder @returns {number} */
function sizeOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** Lines of one that go on begin with a space, empty ones are a dot. @param {string} text */
function described(text) {
  const [first, ...others] = text.split('\n').map((line) => line.trim());
  return [first, ...others.map((line) => ` ${line === '' ? '.' : line}`)].join('\n');
}

const { fields, lists, scripts, files, compression, description, file } = read(process.argv.slice(2));
const root = mkdtempSync(join(tmpdir(), 'regimen-deb-'));
try {
  // What is installed can be read by everybody, whatever whoever packs it wants of new files.
  process.umask(0o022);
  chmodSync(root, 0o755);
  for (const [from, to] of files) {
    const place = join(root, to);
    mkdirSync(dirname(place), { recursive: true });
    cpSync(from, place, { recursive: true, verbatimSymlinks: true });
    if (statSync(from).isFile()) chmodSync(place, statSync(from).mode & 0o111 ? 0o755 : 0o644);
  }
  const installedKilobytes = Math.ceil(sizeOf(root) / 1024);
  const control = join(root, 'DEBIAN');
  mkdirSync(control);
  const { License: _, ...known } = fields;
  const lines = Object.entries({
    Section: 'misc',
    ...known,
    'Installed-Size': String(installedKilobytes),
    ...Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.join(', ')])),
    Description: described(description),
  }).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(join(control, 'control'), lines.join(''));
  for (const [name, from] of Object.entries(scripts)) {
    writeFileSync(join(control, name), readFileSync(from));
    chmodSync(join(control, name), 0o755);
  }
  mkdirSync(dirname(file), { recursive: true });
  execFileSync('dpkg-deb', ['--root-owner-group', ...compression, '--build', root, file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
} finally {
  rmSync(root, { recursive: true, force: true });
}
