import { isMap, isNode, isScalar, parseDocument, type YAMLMap } from 'yaml';

/**
 * What the comments of a commented configuration file say about its keys, by path: `queue.threads`, and `queue` for the
 * section. A section's comment may explain keys further below as a table, a line each: `  spread_pips   ask minus bid`.
 */
export function helpOf(text: string): Record<string, string> {
  const help: Record<string, string> = {};
  const root = parseDocument(text).contents;
  if (isMap(root)) collect(root, '', new Map(), help);
  return help;
}

function collect(
  section: YAMLMap,
  path: string,
  table: ReadonlyMap<string, string>,
  help: Record<string, string>,
): void {
  section.items.forEach(({ key, value }, index) => {
    if (!isScalar(key)) return;
    const name = String(key.value);
    const place = path === '' ? name : `${path}.${name}`;
    // The parser gives a comment before the first key to the section.
    const comment = key.commentBefore ?? (index === 0 && path !== '' ? section.commentBefore : undefined);
    const { text, entries } = readComment(comment ?? '');
    const meaning = text === '' ? table.get(name) : text;
    if (meaning !== undefined) help[place] = meaning;
    if (isNode(value) && isMap(value)) collect(value, place, new Map([...table, ...entries]), help);
  });
}

const DIVIDER = /^\s*-{3} (?<title>.+?) -{3,}\s*$/;
const ENTRY = /^ {2,}(?<name>[a-z_]+) {2,}(?<text>\S.*)$/;

/** Prose in one line, the entries of its table in lines of their own. */
function readComment(comment: string): { text: string; entries: ReadonlyMap<string, string> } {
  const entries = new Map<string, string>();
  let text = '';
  // What stands before an empty line speaks of the whole file.
  const own = comment.split(/\n\s*\n/).at(-1) ?? '';
  for (const line of own.split('\n')) {
    const { name, text: meaning } = ENTRY.exec(line)?.groups ?? {};
    if (name !== undefined && meaning !== undefined) {
      entries.set(name, meaning);
      text += `\n${name}: ${meaning}\n`;
    } else if (!DIVIDER.test(line) && line.trim() !== '') {
      text += `${text === '' || text.endsWith('\n') ? '' : ' '}${line.trim()}`;
    }
  }
  return { text: text.replaceAll('\n\n', '\n').trim(), entries };
}
