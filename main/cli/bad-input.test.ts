import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { filesOf, hourlyCsv } from './testing/command-line.ts';
import { type BadInput, createSandbox, EURUSD_H1, type Sandbox } from './testing/sandbox.ts';

/**
 * Whatever is wrong with what a user gives: exit status 3, a message on stderr that names the place, one JSON document on
 * stdout with --json, and a workspace of which no byte has changed.
 */

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.remove());
beforeEach(() => sandbox.reset());

const IMPORT = ['market', 'import'];

function everyFiftieth(lines: readonly string[]): string {
  return lines.map((line, i) => (i % 50 === 0 && i > 0 ? line.replace(/,1\.\d+/, ',one') : line)).join('\n');
}

const MARKET: readonly BadInput[] = [
  {
    title: 'a garbled file',
    argv: ({ file }) => {
      const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251);
      return [...IMPORT, file('noise.csv', noise), ...EURUSD_H1];
    },
    code: 'format-unknown',
    says: ['noise.csv', 'no format Regimen reads', 'bytes that are no text'],
  },
  {
    title: 'more than 1 % bad rows',
    argv: ({ file }) => [
      ...IMPORT,
      file('bad.csv', everyFiftieth(hourlyCsv(300).trimEnd().split('\n'))),
      ...EURUSD_H1,
    ],
    code: 'data-invalid',
    says: ['bad.csv', /\d+ of its 5160 rows/, 'at most 1 %', 'line 51', ',one,'],
  },
  {
    title: 'an empty file',
    argv: ({ file }) => [...IMPORT, file('empty.csv', ''), ...EURUSD_H1],
    code: 'data-invalid',
    says: ['empty.csv is empty'],
  },
  {
    title: 'a header without rows',
    argv: ({ file }) => [...IMPORT, file('header.csv', 'time,open,high,low,close\n'), ...EURUSD_H1],
    code: 'data-invalid',
    says: ['header.csv', 'no rows'],
  },
  {
    title: 'an unknown format',
    argv: ({ file }) => [
      ...IMPORT,
      file('letter.txt', 'Dear Sir,\nplease find attached\nnothing.\n'),
      ...EURUSD_H1,
    ],
    code: 'format-unknown',
    says: ['letter.txt', '"Dear Sir,"', 'time,open,high,low,close,volume'],
  },
  {
    title: 'an unknown format, only looked at',
    argv: ({ file }) => [
      'market',
      'inspect',
      file('letter.txt', 'Dear Sir,\nplease find attached\nnothing.\n'),
    ],
    code: 'format-unknown',
    says: ['letter.txt', '"Dear Sir,"'],
  },
  {
    title: 'a file that is not there',
    argv: ({ root }) => [...IMPORT, `${root}/nowhere.csv`, ...EURUSD_H1],
    code: 'file-unreadable',
    says: ['no file', 'nowhere.csv'],
  },
  {
    title: 'a timeframe other than that of the bars',
    argv: ({ root }) => [...IMPORT, `${root}/good.csv`, '--symbol', 'EURUSD', '--timeframe', 'M15'],
    code: 'invalid-input',
    says: ['good.csv does not hold M15 bars', '1 hour apart', 'it holds H1'],
  },
  {
    title: 'an unknown timeframe',
    argv: ({ root }) => [...IMPORT, `${root}/good.csv`, '--symbol', 'EURUSD', '--timeframe', 'H2'],
    code: 'invalid-input',
    says: ['--timeframe: "H2" is no timeframe', 'H4'],
  },
  {
    title: 'an unknown zone',
    argv: ({ root }) => [...IMPORT, `${root}/good.csv`, ...EURUSD_H1, '--timezone', 'Europe/Berln'],
    code: 'invalid-input',
    says: ['"Europe/Berln"', 'Did you mean "Europe/Berlin"?'],
  },
  {
    title: 'a symbol that is none',
    argv: ({ root }) => [...IMPORT, `${root}/good.csv`, '--symbol', '../EURUSD', '--timeframe', 'H1'],
    code: 'invalid-input',
    says: ['--symbol', '1 to 32 letters'],
  },
  {
    title: 'a symbol that leads out of the folder',
    argv: ({ root }) => [...IMPORT, `${root}/good.csv`, '--symbol', '..', '--timeframe', 'H1'],
    code: 'invalid-input',
    says: ['".." can not be a symbol'],
  },
  {
    title: 'a price scale that is none',
    argv: ({ root }) => [...IMPORT, `${root}/good.csv`, ...EURUSD_H1, '--price-scale', 'ten'],
    code: 'invalid-input',
    says: ['--price-scale: expected a number'],
  },
];

const COMMANDS: readonly BadInput[] = [
  {
    title: 'an unknown option',
    argv: ({ grid }) => ['train', grid({}), '--fast'],
    code: 'invalid-input',
    says: ["unknown option '--fast'", '--help'],
  },
  {
    title: 'a mistyped command',
    argv: ({ grid }) => ['trian', grid({})],
    code: 'invalid-input',
    says: ["unknown command 'trian'", 'Did you mean train?'],
  },
  {
    title: 'an unknown command of a group',
    argv: () => ['market', 'imprt'],
    code: 'invalid-input',
    says: ["unknown command 'imprt'", 'Did you mean import?'],
  },
  {
    title: 'a group without one of its commands',
    argv: () => ['recovery', '--workspace', 'elsewhere'],
    code: 'invalid-input',
    says: ["unknown option '--workspace'", 'after recovery comes one of its commands: list, resume'],
  },
  {
    title: 'a group in a group without one of its commands',
    argv: () => ['views', 'save', '--name', 'mine'],
    code: 'invalid-input',
    says: ["unknown option '--name'", 'after views save comes one of its commands: history'],
  },
  {
    title: 'a missing option',
    argv: () => ['model', 'features', '1'],
    code: 'invalid-input',
    says: ["required option '--out <value>' not specified"],
  },
  {
    title: 'a missing argument',
    argv: () => ['train'],
    code: 'invalid-input',
    says: ["missing required argument 'grid'"],
  },
  {
    title: 'an argument too many',
    argv: () => ['champions', 'now'],
    code: 'invalid-input',
    says: ['too many arguments', 'now'],
  },
  {
    title: 'an option that wants a number',
    argv: () => ['history', '--limit', 'many'],
    code: 'invalid-input',
    says: ['--limit: expected a number'],
  },
  {
    title: 'an option that wants one of a few words',
    argv: () => ['history', '--status', 'complete'],
    code: 'invalid-input',
    says: ['--status: expected completed or failed, found "complete"', 'Did you mean "completed"?'],
  },
  {
    title: 'a CSV file in a folder that is not there',
    argv: ({ root }) => ['history', '--csv', `${root}/no/runs.csv`],
    code: 'file-unreadable',
    says: ['runs.csv', 'there is no folder'],
  },
];

describe.each([
  ['a market file', MARKET],
  ['a command line', COMMANDS],
])('%s', (_, cases) => {
  it.each(cases)('$title', async ({ argv, code, says }) => {
    const refusal = await sandbox.refusal(argv(sandbox));
    expect(refusal).toMatchObject({ status: 3, code, changed: [] });
    for (const words of says) {
      if (typeof words === 'string') expect(refusal.stderr).toContain(words);
      else expect(refusal.stderr).toMatch(words);
    }
    // Neither a stack nor a value that was forgotten.
    expect(refusal.stderr).not.toMatch(/\n\s+at |undefined|\[object|NaN/);
  });
});

it('is the same in a process of its own', () => {
  const program = fileURLToPath(new URL('./regimen.ts', import.meta.url));
  const before = filesOf(sandbox.workspace);
  const argv = ['train', sandbox.grid({ symbols: ['EURUSX'] }), '--workspace', sandbox.workspace, '--json'];
  const ran = spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8' });
  expect(ran.status).toBe(3);
  expect(JSON.parse(ran.stdout).error.code).toBe('grid-invalid');
  expect(ran.stderr).toMatch(
    /^error: .*grid\.yaml can't be used:\n {2}symbols\[0\]: "EURUSX" has no candles.*\n {2}regimen market import FILE .*\n$/,
  );
  expect(filesOf(sandbox.workspace)).toEqual(before);
});
