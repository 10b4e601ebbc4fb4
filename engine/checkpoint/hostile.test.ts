import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeModelFile } from '../models/codec.ts';
import { sqlBuilder } from '../store/database.ts';
import { exampleConfiguration, exampleModel, exampleRun, keptRun } from '../store/testing/example-rows.ts';
import { hostileFiles, hostileJson, withstand } from '../testing/hostile.ts';
import { encodeBlock, encodePrefix, finish, readPiece, scanBlocks } from './block-form.ts';
import { readCheckpoint } from './checkpoint.ts';
import { restoreCheckpoint } from './restore.ts';
import { type CheckpointJson, rewrite } from './testing/rewrite.ts';
import { fill, useWorkspaces, type Workspace } from './testing/workspaces.ts';
import { writeCheckpoint } from './write.ts';

const { workspace, fileIn } = useWorkspaces();

let path: string;
let ws: Workspace;
let warnings: string[];
beforeEach(async () => {
  const source = workspace('source');
  path = await writeCheckpoint(source, fill(source));
  ws = workspace('target');
  warnings = [];
});

const restore = async () =>
  restoreCheckpoint({ ...ws, warn: (message) => warnings.push(message) }, await readCheckpoint(path));

const TABLES = ['queues', 'cells', 'configurations', 'runs', 'strategies', 'champions', 'audit'] as const;
const state = () => ({
  rows: TABLES.map((table) => ws.store.all(sqlBuilder.selectFrom(table).selectAll())),
  files: existsSync(ws.artifacts.path) ? readdirSync(ws.artifacts.path) : [],
});

/** Whatever comes back is undone, so that each input meets an empty workspace. */
async function attempt(content: Uint8Array): Promise<void> {
  path = fileIn('hostile.json');
  writeFileSync(path, content);
  await restore();
  for (const table of ['champions', 'audit', 'cells', 'queues', 'strategies', 'runs', 'configurations']) {
    ws.store.raw.exec(`DELETE FROM ${table}`);
  }
  for (const file of readdirSync(ws.artifacts.path)) ws.artifacts.remove(file);
}

/** The checksum that goes with a content: who forges one file forges both. */
function sealed(content: Uint8Array): Uint8Array {
  const body = Buffer.from(content);
  const at = body.lastIndexOf('"checksum"');
  const head = at < 0 ? body : body.subarray(0, at);
  return Buffer.concat([
    head,
    Buffer.from(`"checksum":"${createHash('sha256').update(head).digest('hex')}"}\n`),
  ]);
}

/** What a header is that is no JSON: nothing. */
function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

describe('a hostile checkpoint changes nothing', () => {
  it('whose bytes are not as they were written', async () => {
    const inputs = hostileFiles(readFileSync(path), 1, 50);
    await withstand({ inputs, attempt, state, refused: 50 });
  });

  it('whose checksum is right', async () => {
    const inputs = hostileFiles(readFileSync(path), 2, 50).map(({ title, content }) => ({
      title,
      content: sealed(content),
    }));
    await withstand({ inputs, attempt, state, refused: 20 });
  });

  it('whose items hold other values', async () => {
    const blocks = finish(scanBlocks(path));
    const entries = blocks.pieces.flatMap((piece) =>
      readPiece(path, piece).map((item) => ({ kind: piece.kind, item })),
    );
    const inputs = entries.flatMap((entry, n) =>
      hostileJson(JSON.parse(Buffer.from(entry.item.json).toString()), n, 4).map(({ title, content }) => {
        const json = Buffer.from(content);
        const forged = entries.with(n, { kind: entry.kind, item: { ...entry.item, json } });
        const first = encodePrefix(blocks.header);
        const hash = createHash('sha256').update(first);
        const all = forged.filter(({ kind }) => kind !== 'saved');
        const saved = entry.kind === 'saved' ? { toJSON: () => parsed(content) } : {};
        return {
          title: `${entry.kind} ${n}: ${title}`,
          content: Buffer.concat([first, ...encodeBlock(hash, all, saved)]),
        };
      }),
    );
    await withstand({ inputs, attempt, state, refused: inputs.length / 3 });
  });

  it('whose lines hold other values', async () => {
    rewrite(path, () => undefined);
    const lines = readFileSync(path, 'utf8').split('\n');
    const inputs = lines.flatMap((line, n) => {
      const isHeader = n === 0;
      const json = isHeader ? `${line.slice(0, -1)}}` : line.replace(/,$/, '');
      if (!json.startsWith('{')) return [];
      return hostileJson(JSON.parse(json), n, isHeader ? 50 : 4).map(({ title, content }) => {
        const other = isHeader ? `${content.replace(/\}$/, '')},` : content + (line.endsWith(',') ? ',' : '');
        return {
          title: `line ${n}: ${title}`,
          content: sealed(Buffer.from(lines.with(n, other).join('\n'))),
        };
      });
    });
    await withstand({ inputs, attempt, state, refused: inputs.length / 2 });
  });
});

describe('models in a checkpoint', () => {
  const model = (json: CheckpointJson) => json.models[1]! as { bytes: string; file: string };
  const forged = (change: object) =>
    Buffer.from(
      encodeModelFile({
        configuration: exampleConfiguration(12),
        configHash: exampleRun(2).config_hash,
        modelKey: exampleRun(2).run_key,
        pipelineVersion: 1,
        trainingDataDigest: 'd',
        featureNames: ['a'],
        members: [],
        ...change,
      }),
    ).toString('base64');

  it.each([
    ['cut off', (bytes: string) => bytes.slice(0, 400), 'bytes'],
    ['no base64', () => '*'.repeat(100), 'does not start'],
    ["another run's", () => Buffer.from(exampleModel(1)).toString('base64'), 'another run'],
    ['of another configuration', () => forged({ configHash: 'other' }), 'another run'],
    ['of members that do not decode', () => forged({ members: [Uint8Array.of(1)] }), 'linear model'],
    [
      'of an unknown type',
      () => forged({ configuration: { ...exampleConfiguration(12), modelType: 'oracle' } }),
      '"oracle"',
    ],
  ])('that are %s are not taken, and the rest is', async (_title, change, words) => {
    rewrite(path, (json) => {
      model(json).bytes = change(model(json).bytes);
    });
    await restore();
    expect(readdirSync(ws.artifacts.path)).toEqual([keptRun(1).artifact_file]);
    expect(ws.store.all(sqlBuilder.selectFrom('champions').select('run_id'))).toEqual([{ run_id: 1 }]);
    expect(warnings).toEqual([expect.stringContaining(words)]);
    expect(warnings[0]).toContain(keptRun(2).artifact_file);
  });

  it.each(['../../x.model', '/etc/passwd', '', keptRun(1).artifact_file])(
    'under the name %j are refused',
    async (file) => {
      rewrite(path, (json) => {
        model(json).file = file;
      });
      const before = state();
      await expect(restore()).rejects.toMatchObject({
        code: 'artifact-damaged',
        message: expect.stringContaining('belongs to none of its runs'),
      });
      expect(state()).toEqual(before);
    },
  );
});

describe('entries that contradict each other are refused, and nothing stays', () => {
  it.each<[string, (json: CheckpointJson) => void]>([
    ['a run twice', (json) => json.results.push(json.results[0]!)],
    ['a cell twice', (json) => json.trained.push(json.trained[0]!)],
    [
      'a champion of a strategy that is not there',
      (json) => Object.assign(json.champions[0]!, { strategy_index: 99 }),
    ],
    [
      'a configuration under another hash',
      (json) => Object.assign(json.configurations[0]!, { config_hash: 'x' }),
    ],
    ['text that is no JSON', (json) => Object.assign(json.results[0]!, { basis: '{' })],
  ])('%s', async (_title, change) => {
    rewrite(path, change);
    const before = state();
    await expect(restore()).rejects.toMatchObject({ code: 'artifact-damaged' });
    expect(state()).toEqual(before);
  });
});
