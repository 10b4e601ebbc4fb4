import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { axisSentence, headText } from '../renderer/ui/texts/head-words.ts';

/** Figures, times and counts on screen are written by renderer/ui/format.ts alone: what would write them another way is found here. */

const ROOT = join(import.meta.dirname, '..', 'renderer');

const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\.fixture\.|testing/.test(file))
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

function found(pattern: RegExp, isFine: (file: string, line: string) => boolean): string[] {
  return sources.flatMap(({ file, text }) =>
    text
      .split('\n')
      .filter((line) => pattern.test(line) && !isFine(file, line))
      .map((line) => `${file}: ${line.trim()}`),
  );
}

/** What a component means by `texts.KEY`, the values of a sentence left open. */
async function said({ file, text }: (typeof sources)[number], texts: string, key: string): Promise<string> {
  const from = new RegExp(`import { ${texts} } from '(.*)'`).exec(text)![1]!;
  const room = (await import(join(ROOT, dirname(file), from))) as Readonly<
    Record<string, Readonly<Record<string, string | ((values: unknown) => string)>>>
  >;
  const words = room[texts]![key]!;
  return typeof words === 'string' ? words : words(new Proxy({}, { get: () => '' }));
}

/** Coordinates of paths; numbers that become text of an input, which takes no typographic sign. */
const DRAWN = /[MLVHhvaz]\$\{|toFixed\(1\)\} \$\{|toFixed\(1\);$/;
const INPUTS = ['queue/validate/subject-fields.tsx', 'queue/hyperparameters.tsx', 'charts/trial-axis.ts'];

it('writes no number by another way', () => {
  const isFine = (file: string, line: string) =>
    file === 'ui/format.ts' || DRAWN.test(line) || INPUTS.includes(file);
  expect(found(/\.toFixed\(|\.toPrecision\(|toLocaleString\(|new Intl\.NumberFormat/, isFine)).toEqual([]);
});

it('writes no time by another way', () => {
  const isFine = (file: string) =>
    // A schedule has a zone of its own; a file's name and the digits of a day are no times on screen.
    ['ui/time.ts', 'charts/time-ticks.ts', 'registry/schedule-times.tsx', 'data/storage-tab.tsx'].includes(
      file,
    );
  expect(
    found(/toISOString\(|toLocale(Date|Time)String\(|\.getHours\(|\.slice\(0, (10|16)\)/, isFine),
  ).toEqual([]);
});

it('never says “1 bars”: a count and its noun come from plural', () => {
  const NOUN =
    '(bars?|days?|trades?|runs?|models?|trials?|folds?|sets?|features?|results?|members?|champions?|versions?|queues?|jobs?|files?|threads?)';
  const counted = new RegExp(`\\$?\\{(formatCount\\([^)]*\\)|[\\w.]*(length|[cC]ount))\\} ${NOUN}\\b`);
  expect(found(counted, () => false)).toEqual([]);
});

it('a right-aligned head is a figure: it has a sentence behind it', async () => {
  // Written out with the plain element it would have none.
  expect(found(/<Table\.Th[^>]*ta="right"[^>]*>(\{\w+\.|[A-Z])/, () => false)).toEqual([]);
  const heads = await Promise.all(
    sources.flatMap((source) =>
      [...source.text.matchAll(/<Head ta="right">\{(\w+)\.(\w+)\}<\/Head>/g)].map(async ([, texts, key]) => ({
        file: source.file,
        head: await said(source, texts!, key!),
      })),
    ),
  );
  expect(heads.length).toBeGreaterThan(20);
  expect(heads.filter(({ head }) => head !== 'When' && headText(head) === undefined)).toEqual([]);
});

it('an axis of a chart has its sentence, and the chart says where its name stands', async () => {
  const axes = await Promise.all(
    sources.flatMap((source) =>
      [...source.text.matchAll(/\baxis=\{(texts|common|shared)\.(\w+)/g)].map(async ([, texts, key]) => ({
        ...source,
        axis: await said(source, texts!, key!),
      })),
    ),
  );
  expect(axes.length).toBeGreaterThan(12);
  expect(axes.filter(({ axis }) => axisSentence(axis) === undefined).map(({ axis }) => axis)).toEqual([]);
  // A plot is told its axis, and its figure, too, which explains it.
  const plots = axes.filter(({ text }) => text.includes('<TimePlot'));
  expect(plots.filter(({ text }) => !/axes=\{\{ left:/.test(text)).map(({ file }) => file)).toEqual([]);
});

/** What waits for something that goes on by itself, or whose next step stands right above it. */
const WAITING = ['No trials yet', 'No results yet', 'Nothing to see yet'];

it('an empty state leads on: it has a button', async () => {
  const states = await Promise.all(
    sources.flatMap((source) =>
      [...source.text.matchAll(/<EmptyState\b(?:[^>{]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*>/g)].map(
        async ([tag]) => {
          const [, texts, key] = /\btitle=\{(texts|common|shared)\.(\w+)/.exec(tag) ?? [];
          return { file: source.file, tag, title: key === undefined ? '' : await said(source, texts!, key) };
        },
      ),
    ),
  );
  expect(states.length).toBeGreaterThan(20);
  const without = states.filter(({ tag, title }) => !/\saction=/.test(tag) && !WAITING.includes(title));
  expect(without).toEqual([]);
});
