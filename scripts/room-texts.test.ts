import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/**
 * What the window says stands in the texts of its rooms: `texts.ts`, or a folder `texts/` by subject. Components name it. Here every
 * component is read as a tree of syntax, and words for people that stand in one are found.
 */

const ROOT = join(import.meta.dirname, '..', 'renderer');

/** Attributes and properties that are shown or spoken, whatever stands in them. */
const SPOKEN = new Set([
  'title',
  'label',
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'alt',
  'placeholder',
  'description',
  'subtitle',
  'summary',
  'note',
  'text',
  'message',
  'heading',
  'header',
  'head',
  'hint',
  'about',
  'empty',
  'question',
  'consequence',
  'confirm',
  'keep',
  'word',
  'button',
  'problem',
  'meaning',
]);

/** What no person reads, though it may look like words: styles, keys, addresses. */
const CODES =
  /^(className|style|key|keys|id|d|transform|viewBox|points|fontFamily\w*|authorization|position|part|data-.*)$/;
const CALLS =
  /^(call|useCall|go|formatHash|has|get|set|includes|startsWith|endsWith|replaceAll|replace|split|test|matches|closest|querySelector|querySelectorAll|getAttribute|setAttribute|setProperty|addEventListener|removeEventListener|Error)$/;
const STYLE =
  /^(var|color-mix|url|min|max|translate|rotate|scale|calc|repeat|minmax)\(|gradient\(|^[\d.]+(px|rem|%|em)\b|rem $/;

/** Words of a literal, its values left out; undefined where it is none. */
function wordsOf(node: ts.Node): readonly string[] | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isJsxText(node))
    return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  return undefined;
}

/** Two words beside each other, or a word with a capital: nobody writes a code like that. */
function readsLikeWords(words: readonly string[]): boolean {
  const all = words.join('0');
  if (STYLE.test(all) || !/[A-Za-z]/.test(all)) return false;
  return (
    /[a-z]{2,}[,;:.!?”)]* +[“(]?[A-Za-z]/.test(all) ||
    (words.length === 1 && /^[A-Z][a-z]+$/.test(all)) ||
    words.some((word) => /^,? [a-z]{2,}[ .,:]|[a-z0-9] [a-z]{3,}[.:]?$/.test(word))
  );
}

const nameOf = (name: ts.Node) => name.getText().replaceAll(/['"]/g, '');

/** What a value goes to, through choices, brackets and sums. */
function receiver(node: ts.Node): { readonly from: ts.Node; readonly to: ts.Node } {
  let from = node;
  let to = node.parent;
  while (
    ts.isParenthesizedExpression(to) ||
    ts.isAsExpression(to) ||
    (ts.isConditionalExpression(to) && to.condition !== from) ||
    (ts.isBinaryExpression(to) && ['??', '||', '&&', '+'].includes(to.operatorToken.getText()))
  ) {
    from = to;
    to = to.parent;
  }
  return { from, to };
}

/** Whether the place is one where words are shown: `any` of them, those that `read` like words, or `none`. */
function placeOf(node: ts.Node): 'any' | 'read' | 'none' {
  const { from, to } = receiver(node);
  const named = (name: string) => (CODES.test(name) ? 'none' : SPOKEN.has(name) ? 'any' : 'read');
  if (ts.isJsxText(node)) return 'any';
  if (ts.isJsxAttribute(to)) return named(nameOf(to.name));
  if (ts.isJsxExpression(to)) return ts.isJsxAttribute(to.parent) ? named(nameOf(to.parent.name)) : 'any';
  if (ts.isPropertyAssignment(to)) return to.name === from ? 'none' : named(nameOf(to.name));
  if (ts.isCallExpression(to) || ts.isNewExpression(to)) {
    const callee = ts.isPropertyAccessExpression(to.expression) ? to.expression.name : to.expression;
    return callee.getText() === 'plural' ? 'any' : CALLS.test(callee.getText()) ? 'none' : 'read';
  }
  const isCode =
    ts.isBinaryExpression(to) || // compared
    ts.isConditionalExpression(to) ||
    ts.isCaseClause(to) ||
    ts.isLiteralTypeNode(to) ||
    ts.isImportDeclaration(to) ||
    ts.isExportDeclaration(to) ||
    ts.isElementAccessExpression(to) ||
    ts.isPropertySignature(to) ||
    ts.isComputedPropertyName(to);
  return isCode ? 'none' : 'read';
}

/** Words for people that a source spells out. */
function spelledOut(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const words = wordsOf(node);
    const place = words === undefined ? 'none' : placeOf(node);
    if (words !== undefined && place !== 'none') {
      const isSaid =
        place === 'any'
          ? words.some((word) => /[A-Za-z]/.test(word.replaceAll(/&\w+;/g, '')))
          : readsLikeWords(words);
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      if (isSaid) found.push(`${file}:${line + 1}: ${node.getText().trim().slice(0, 80)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Figures as text have one place of their own, units and all. */
const FIGURES = 'ui/format.ts';

const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter(
    (file) =>
      /\.tsx?$/.test(file) &&
      !/\.test\.|\.fixture\.|testing\/|(^|\/)texts(\.ts$|\/)/.test(file) &&
      file !== FIGURES,
  )
  .sort();

it('finds words in attributes, between elements, in choices and in messages, and no codes', () => {
  const said = (text: string) => spelledOut('room.tsx', text).map((line) => line.replace(/^\S+ /, ''));
  expect(said('<p>Nothing waits.</p>')).toEqual(['Nothing waits.']);
  expect(said('<p title="Left" className="two words">{n}</p>')).toEqual(['"Left"']);
  expect(said("<p>{n === 1 ? 'has' : 'have'}</p>")).toEqual(["'has'", "'have'"]);
  expect(said(`notify('Saved', \`\${n} files are new.\`);`)).toEqual(["'Saved'", `\`\${n} files are new.\``]);
  expect(said("const WORDS = { done: 'Done', kind: 'ratio' };")).toEqual(["'Done'"]);
  expect(said("plural(n, 'model')")).toEqual(["'model'"]);
  expect(said("call('overview.get', {}); if (state === 'Paused') go('queue', { new: '1' });")).toEqual([]);
  expect(said(`<path d={\`M\${x} \${y}H9\`} fill="var(--line)" />`)).toEqual([]);
});

describe('what a room says stands in its texts', () => {
  const rooms = [...new Set(FILES.map((file) => (file.includes('/') ? file.split('/')[0]! : '')))];
  it.each(rooms)('%s', (room) => {
    const files = FILES.filter((file) => (room === '' ? !file.includes('/') : file.startsWith(`${room}/`)));
    const found = files.flatMap((file) => spelledOut(file, readFileSync(join(ROOT, file), 'utf8')));
    expect(found).toEqual([]);
  });
});

/** Objects of texts by their file: each with its entries, and the text of those that are a plain one. */
const TEXTS = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /(^|\/)texts(\.ts$|\/[^/]+\.ts$)/.test(file))
  .flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(ROOT, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    return source.statements
      .filter((statement) => ts.isVariableStatement(statement))
      .flatMap(({ declarationList }) => declarationList.declarations)
      .flatMap(({ name, initializer }) =>
        ['texts', 'shared', 'common'].includes(name.getText()) &&
        initializer !== undefined &&
        ts.isObjectLiteralExpression(initializer)
          ? [
              {
                file,
                object: name.getText(),
                entries: initializer.properties.filter(ts.isPropertyAssignment),
              },
            ]
          : [],
      );
  });

const plainOf = ({ initializer }: ts.PropertyAssignment) =>
  ts.isStringLiteral(initializer) ? initializer.text : undefined;

/** What is the same in English alone. */
const HOMONYMS = new Set(['Close']);

it('a text stands once in its room, and what many rooms say among their common words', () => {
  const common = TEXTS.find(({ object }) => object === 'common')!;
  const everywhere = new Set(common.entries.map(plainOf));
  const twice = TEXTS.flatMap(({ file, object, entries }) => {
    const seen = new Set<string>();
    return entries.flatMap((entry) => {
      const text = plainOf(entry);
      if (text === undefined || HOMONYMS.has(text)) return [];
      const isKnown =
        seen.has(text) || (object !== 'common' && !/^(client|state)\//.test(file) && everywhere.has(text));
      seen.add(text);
      return isKnown ? [`${file}: ${text}`] : [];
    });
  });
  expect(TEXTS.length).toBeGreaterThan(20);
  expect(twice).toEqual([]);
});

it('every text is said somewhere', () => {
  const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file))
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
  const unsaid = TEXTS.flatMap(({ file, object, entries }) => {
    const users = sources.filter(({ file: user, text }) =>
      [...text.matchAll(/from '(\.[^']*)'/g)].some(([, from]) => posix.join(dirname(user), from!) === file),
    );
    return entries
      .map(({ name }) => name.getText())
      .filter((name) => !users.some(({ text }) => new RegExp(`\\b${object}\\.${name}\\b`).test(text)))
      .map((name) => `${file}: ${name}`);
  });
  expect(unsaid).toEqual([]);
});
