import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The launcher in a project of its own: a copy of this one's sources, with this one's libraries. */

const PROJECT = join(import.meta.dirname, '../..');
const SOURCES = ['engine', 'main', 'configs', 'scripts', 'package.json', 'package-lock.json'];
const CONFIGURATIONS = ['tsconfig.json', 'vite.config.ts', 'electron.vite.config.ts'];
const TIMEOUT_MS = 120_000;

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'regimen-launch-'));
  for (const name of [...SOURCES, ...CONFIGURATIONS])
    cpSync(join(PROJECT, name), join(project, name), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(project, 'node_modules'), 'junction');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function help(program = 'main/launch/regimen.mjs'): string {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  return execFileSync(process.execPath, [join(project, program), '--help'], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

const builds = () => readdirSync(join(project, 'out')).filter((name) => name.startsWith('hosts-'));

const inImage = (name: string | Buffer) => (name === 'main' ? 'main/launch' : String(name));

function replaceIn(file: string, text: string, by: string): void {
  const path = join(project, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(text);
  writeFileSync(path, before.replace(text, by));
}

describe('a command that is launched', { timeout: TIMEOUT_MS }, () => {
  test('runs as one file, is built once, and says what its sources say', () => {
    const said = help();
    expect(said).toContain('Usage: regimen');
    expect(said).toBe(help('main/cli/regimen.ts'));
    const [first, ...others] = builds();
    expect(others).toEqual([]);
    const folder = join(project, 'out', first!);
    // What is imported on demand lies beside them under names with the digest of its content.
    expect(
      readdirSync(folder)
        .filter((name) => !/-[\w-]{8}\.js$/.test(name))
        .sort(),
    ).toEqual([
      'analysis-task.js',
      'compiled',
      'default_config.yaml',
      'market-task.js',
      'regimen.js',
      'server.js',
      'task.js',
    ]);
    // What V8 made of it was kept.
    expect(readdirSync(join(folder, 'compiled'), { recursive: true }).length).toBeGreaterThan(1);

    // That it is this file which runs: its text is what is said.
    const file = join(folder, 'regimen.js');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Trains, backtests', 'Really trains'));
    expect(help()).toContain('Really trains');
  });

  test('is built again when a source changed, beside what may be running from the former one', () => {
    const before = builds();
    replaceIn('main/cli/program.ts', 'Trains, backtests', 'Trains anew, backtests');
    expect(help()).toContain('Trains anew');
    expect(builds()).toHaveLength(before.length + 1);
    expect(builds()).toEqual(expect.arrayContaining(before));

    replaceIn('configs/training_pipeline/default_config.yaml', 'max_parallel', 'max_parallel ');
    help();
    expect(builds()).toHaveLength(before.length + 2);
  });

  test('runs where its sources are not, from a build that was sealed', () => {
    const argv = [join(project, 'scripts/builds/build.ts'), '--sealed', 'hosts'];
    execFileSync(process.execPath, argv, { cwd: project, stdio: 'ignore' });
    const image = join(project, 'image');
    // As Dockerfile copies it.
    for (const name of ['package.json', 'configs', 'main/launch', 'out'])
      cpSync(join(project, name), join(image, name), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(image, 'node_modules'), 'junction');
    const dockerfile = readFileSync(join(PROJECT, 'Dockerfile'), 'utf8');
    const copied = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(([, name]) => name);
    expect(copied.sort()).toEqual(readdirSync(image, { recursive: false }).map(inImage).sort());

    const said = help('image/main/launch/regimen.mjs');
    expect(said).toContain('Trains anew');
    // Of what the image has not got nothing was looked for.
    expect(readdirSync(join(image, 'out')).filter((name) => name.startsWith('hosts-'))).toEqual(builds());
    // A source that changes is nothing to it; here the next test goes on from it.
    rmSync(join(project, 'out/builds'), { recursive: true });
    rmSync(image, { recursive: true });
  });

  test('runs from its sources where nothing can be built', () => {
    rmSync(join(project, 'out'), { recursive: true });
    writeFileSync(join(project, 'out'), 'a file where the folder would be');
    expect(help()).toContain('Trains anew');
    rmSync(join(project, 'out'));

    replaceIn(
      'scripts/builds/hosts.ts',
      'await build({',
      'await build({ unknown: import.meta.nothing.at.all,',
    );
    expect(help()).toContain('Trains anew');
    expect(existsSync(join(project, 'out/builds'))).toBe(false);
  });
});
