import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discardAbandoned, finishRestore, STAGING, setUnreadableAside } from './switch.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'interrupted-'));
  mkdirSync(join(workspace, STAGING));
  writeFileSync(join(workspace, STAGING, 'config.yaml'), 'new');
});
afterEach(() => rmSync(workspace, { recursive: true }));

const inStaging = (name: string) => join(workspace, STAGING, name);

describe('a journal that nobody can read', () => {
  const JOURNAL = {
    phase: 'in',
    replaced: 'replaced-20260101_000000',
    aside: [],
    in: [['config.yaml', 'config.yaml']],
  };
  it.each([
    ['cut', JSON.stringify(JOURNAL).slice(0, 30)],
    ['of another form', JSON.stringify({ ...JOURNAL, phase: 'out' })],
    [
      'that leads out of the workspace',
      JSON.stringify({ ...JOURNAL, in: [['config.yaml', '../config.yaml']] }),
    ],
    ['with a place that is none', JSON.stringify({ ...JOURNAL, replaced: '../elsewhere' })],
  ])('%s is refused with what to do; a restore goes ahead, and what was unpacked stays', (_how, text) => {
    writeFileSync(inStaging('journal.json'), text);
    mkdirSync(join(workspace, 'replaced-20260101_000000'));
    expect(() => finishRestore(workspace)).toThrow(
      expect.objectContaining({
        code: 'artifact-damaged',
        message: expect.stringMatching(
          /Nothing was changed\. Restore the backup again .* move what is in .*replaced-20260101_000000 to /,
        ),
      }),
    );
    expect(readFileSync(inStaging('config.yaml'), 'utf8')).toBe('new');
    setUnreadableAside(workspace, NOW);
    finishRestore(workspace);
    expect(readdirSync(workspace)).toEqual(['replaced-20260101_000000', 'replaced-20260102_030405']);
    expect(readdirSync(join(workspace, 'replaced-20260102_030405', 'unpacked'))).toContain('config.yaml');
  });

  it('is not set aside where it can be read', () => {
    writeFileSync(inStaging('journal.json'), JSON.stringify(JOURNAL));
    setUnreadableAside(workspace, NOW);
    finishRestore(workspace);
    expect(readFileSync(join(workspace, 'config.yaml'), 'utf8')).toBe('new');
    expect(existsSync(join(workspace, STAGING))).toBe(false);
  });
});

describe('an unpacking', () => {
  const DEAD = spawnSync(process.execPath, ['-e', '']).pid;
  const sign = (pid: number, host: string) =>
    writeFileSync(inStaging('unpacker.json'), JSON.stringify({ pid, host }));

  it('goes where its process was killed', () => {
    sign(DEAD, hostname());
    discardAbandoned(workspace);
    expect(existsSync(join(workspace, STAGING))).toBe(false);
  });

  it.each([
    ['lives', () => sign(process.pid, hostname())],
    ['is another computer’s', () => sign(DEAD, 'elsewhere')],
    ['is not known', () => undefined],
    [
      'had begun to switch over',
      () => {
        sign(DEAD, hostname());
        writeFileSync(inStaging('journal.json'), '{}');
      },
    ],
  ])('stays where its process %s', (_what, make) => {
    make();
    discardAbandoned(workspace);
    expect(existsSync(inStaging('config.yaml'))).toBe(true);
  });
});
