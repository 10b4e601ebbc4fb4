import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml';

export type KeyPath = readonly [string, ...string[]];

/** A key to set, or to take out (`value` undefined). */
export interface Change {
  readonly keys: KeyPath;
  readonly value: unknown;
}

/**
 * The text of a YAML file with some keys set or taken out. Everything else stays, comments included; only blanks may be
 * laid out anew. The text must be one that `readYaml` accepts.
 */
export function editYaml(text: string, changes: readonly Change[]): string {
  const document = parseDocument(text);
  for (const { keys, value } of changes) {
    if (value === undefined) remove(document, keys);
    else set(document, keys, value);
  }
  const root = document.contents;
  if (isMap(root) && root.items.length === 0) return commentsOf(document, root);
  // Long comments and rules stay on their line.
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** What is left of a file without keys. */
function commentsOf(document: Document, root: YAMLMap): string {
  const comments = [document.commentBefore, root.commentBefore, root.comment, document.comment];
  return comments
    .filter((comment) => typeof comment === 'string')
    .map((comment) => `${comment.replaceAll(/^/gm, '#')}\n`)
    .join('\n');
}

function set(document: Document, keys: KeyPath, value: unknown): void {
  // A section that is there but empty, or no section at all, makes room for one.
  for (let n = 0; n < keys.length; n++) {
    const place = keys.slice(0, n);
    const node = n === 0 ? document.contents : document.getIn(place, true);
    if (isMap(node)) continue;
    const section = document.createNode({});
    if (isNode(node)) {
      copyComments(node, section);
    }
    if (n === 0) document.contents = section;
    else document.setIn(place, section);
  }
  const before = document.getIn(keys, true);
  const after = document.createNode(value);
  if (isNode(before)) {
    copyComments(before, after);
    // `[1, 2]` and `{ a: 1 }` stay in one line.
    if (isCollection(before) && isCollection(after)) after.flow = before.flow ?? false;
  }
  document.setIn(keys, after);
}

function copyComments(from: Node, to: Node): void {
  to.commentBefore = from.commentBefore ?? null;
  to.comment = from.comment ?? null;
}

/** Takes a key out, and sections that are left without keys and comments; comments before it stay where they were. */
function remove(document: Document, keys: KeyPath): void {
  const parent = keys.length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true);
  if (!isMap(parent)) return;
  const index = parent.items.findIndex(({ key }) => isScalar(key) && String(key.value) === keys.at(-1));
  if (index < 0) return;
  const [removed] = parent.items.splice(index, 1);
  keepComment(parent, index, isPair(removed) && isNode(removed.key) ? removed.key.commentBefore : undefined);
  const isBare = parent.items.length === 0 && !parent.commentBefore && !parent.comment;
  const [section, ...rest] = keys.slice(0, -1);
  if (isBare && section !== undefined) remove(document, [section, ...rest]);
}

function keepComment(parent: YAMLMap, index: number, comment: string | null | undefined): void {
  if (!comment) return;
  const next = parent.items[index]?.key;
  if (isNode(next)) next.commentBefore = [comment, next.commentBefore].filter(Boolean).join('\n');
  else parent.comment = [parent.comment, comment].filter(Boolean).join('\n');
}
