import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import { createPrng } from '../../engine/random/prng.ts';
import { computeTables } from '../../engine/testing/engines.ts';
import type * as analysis from '../../engine/workers/analysis.ts';
import { afterAdvice, flipsOf, KINDS, type KindName, outcomeOf, textOf } from './flip-kinds.ts';
import { answersOf, type FlipPlace, type Found, NOW, prepareFlips } from './flipped.ts';

// One thread for all engines: it keeps nothing of a workspace, and starting it takes longer than all else.
vi.mock('../../engine/workers/analysis.ts', async (original) => {
  const actual = await original<typeof analysis>();
  let shared: analysis.Analysis | undefined;
  return {
    createAnalysis: (bitsFile: string) => {
      shared ??= actual.createAnalysis(bitsFile);
      return { ...shared, close: async () => undefined };
    },
  };
});

/** Of each kind; `flips.spec.ts` has more of them. */
const FLIPS: Readonly<Record<KindName, number>> = {
  database: 18,
  'database after a kill': 6,
  'log of the database': 6,
  candles: 4,
  models: 3,
  checkpoints: 5,
  backups: 5,
  'marks of folders': 5,
  'the last verification': 3,
};
const SEED = 20261128;

let place: FlipPlace;
beforeAll(async () => {
  place = await prepareFlips();
});
afterAll(() => place.remove());

const answersByWorkspace = new Map<string, Promise<Found>>();

/** The answers of a workspace without a flip. */
async function soundAnswers(workspace: string): Promise<Found> {
  if (!answersByWorkspace.has(workspace))
    answersByWorkspace.set(workspace, answersOf(place, workspace, true));
  const found = await answersByWorkspace.get(workspace)!;
  expect(found.notes).toEqual([]);
  return found;
}

test.each(Object.keys(FLIPS) as KindName[])(
  'a flipped bit gives no other figure without a word that names it, and what is held is had back by the advice: %s',
  { timeout: 300_000 },
  async (kind) => {
    const { workspace, ...expects } = KINDS[kind];
    const expected = await soundAnswers(workspace(place));
    const told = [];
    for (const [n, flip] of flipsOf(place, kind, FLIPS[kind], SEED).entries()) {
      const outcome = await outcomeOf(place, kind, flip, n, expected);
      expect(outcome, textOf(flip)).toMatchObject({ silent: [], unnamed: [] });
      if ('isAlwaysTold' in expects) expect(outcome.isTold, textOf(flip)).toBe(true);
      if (outcome.isTold) told.push(flip);
    }
    if (kind === 'database') expect(told.length).toBeGreaterThan(0);
    const [first] = told;
    if (first === undefined) return;
    const after = await afterAdvice(place, first, expected);
    expect(after, textOf(first)).toMatchObject({ other: [], said: [] });
  },
);

test('a flipped bit of config.yaml is refused, or shown with the settings, and changes no figure of a run', async () => {
  const expected = await soundAnswers(place.closed);
  const path = join(place.closed, 'config.yaml');
  const sound = readFileSync(path);
  const random = createPrng(7);
  // What the settings are is theirs to say; the grid is counted and the regimes are labeled by today's.
  const ofToday = /^(settings|grid|regimes|evaluation|verify|champions\.vacancies|storage)\b/;
  for (let n = 0; n < 40; n++) {
    const flipped = Buffer.from(sound);
    flipped[random.int(sound.length)]! ^= 1 << random.int(8);
    writeFileSync(path, flipped);
    try {
      const { answers, notes } = await answersOf(place, place.closed, false);
      if (notes.length > 0) continue;
      const settings = JSON.parse(answers['settings.get']!) as { text: string };
      expect(settings.text).toBe(flipped.toString());
      const other = Object.keys(answers).filter((method) => !ofToday.test(method));
      for (const method of other) {
        if (/"(outdated|stale)":"/.test(answers[method]!)) continue;
        expect(answers[method], `${method} with ${flipped}`).toBe(expected.answers[method]);
      }
    } finally {
      writeFileSync(path, sound);
    }
  }
});

test('the results of a log that was cut, before anything else is touched', async () => {
  const expected = await soundAnswers(place.killed);
  const workspace = join(dirname(place.closed), 'cut');
  cpSync(place.killed, workspace, { recursive: true });
  const log = readFileSync(join(workspace, 'regimen.db-wal'));
  // One bit would be turned back.
  const at = log.lastIndexOf('"pipeline_version"');
  log.fill(7, at, at + 16);
  writeFileSync(join(workspace, 'regimen.db-wal'), log);
  const engine = createEngine({ workspace, role: 'command', threads: 1, home: place.home, now: () => NOW });
  const lost = await engine.call('recovery.lost', {});
  expect(lost).toHaveLength(1);
  const restored = await engine.call('recovery.restore', { checkpoint: lost[0]!.checkpoint });
  expect(restored[0]!.note).toContain('evaluate');
  // What no checkpoint holds is computed, as that says.
  await computeTables(engine);
  await engine.close();
  const { notes, answers } = await answersOf(place, workspace, false);
  expect(notes).toEqual([]);
  for (const method of ['history.search', 'champions.list'])
    expect(answers[method], method).toBe(expected.answers[method]);
});
