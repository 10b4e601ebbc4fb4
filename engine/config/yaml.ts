import {
  constructFromEvents,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  YAMLException,
} from 'js-yaml';
import { EngineError, type ErrorCode } from '../contract/errors.ts';
import { YAML_BYTES } from '../contract/grid.ts';

/** Sections, lists, entries: nothing Regimen reads is nested deeper than this. */
const MAX_DEPTH = 20;

export interface YamlDocument {
  /** Undefined for a file without content. */
  readonly value: unknown;
  /** Line, from 1, where the value at this place starts or, if there is none, the nearest place around it. */
  lineOf(keys: readonly (string | number)[]): number;
}

/**
 * Reads one YAML 1.2 document of plain values: the one entry of all YAML, whoever hands it in. Refused, as `code` with file
 * and line: more than 256 KiB, several documents, keys that appear twice, references to other places (`&anchor`,
 * `*alias`), tags, deep nesting.
 */
export function readYaml(text: string, file: string, code: ErrorCode = 'config-invalid'): YamlDocument {
  const bytes = Buffer.byteLength(text);
  if (bytes > YAML_BYTES) {
    throw new EngineError(
      code,
      `${file} has more than the ${YAML_BYTES / 1024} KB that are read. Is it the right file?`,
      { file },
    );
  }
  try {
    const events = parseEvents(text, { filename: file, maxDepth: MAX_DEPTH });
    refuseReferencesAndTags(events, text, file);
    const documents = constructFromEvents(events, { source: text, filename: file, maxAliases: 0 });
    if (documents.length > 1) {
      throw new EngineError(code, `${file} holds ${documents.length} documents; expected one.`, {
        file,
      });
    }
    const lines = locate(events, text);
    return {
      value: documents[0] ?? undefined,
      lineOf(keys) {
        for (let n = keys.length; n > 0; n--) {
          const line = lines.get(JSON.stringify(keys.slice(0, n)));
          if (line !== undefined) return line;
        }
        return 1;
      },
    };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw syntaxError(error, text, file, code);
  }
}

function syntaxError(error: YAMLException, text: string, file: string, code: ErrorCode): EngineError {
  const { reason, mark } = error;
  if (mark === undefined) return new EngineError(code, `${file}: ${reason}.`, { file }, error);
  const line = mark.line + 1;
  // YAML takes an unquoted > at the start of a value for a block of text.
  const advice = /[:-]\s*>/.test(text.split('\n')[mark.line] ?? '')
    ? ' A rule that begins with > has to stand in quotes.'
    : '';
  const message = `${file} line ${line}: ${reason}.${advice}\n${mark.snippet ?? ''}`;
  return new EngineError(code, message.trimEnd(), { file, line }, error);
}

function refuseReferencesAndTags(events: readonly Event[], text: string, file: string): void {
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) continue;
    if (event.anchorStart >= 0) {
      YAMLException.throwAt(
        text,
        event.anchorStart,
        'anchors and aliases are not read; write the value out',
        file,
      );
    }
    if (event.type !== EVENT_ID.ALIAS && event.tagStart >= 0) {
      YAMLException.throwAt(text, event.tagStart, 'tags are not read; write a plain value', file);
    }
  }
}

interface OpenCollection {
  readonly keys: readonly (string | number)[];
  readonly isMapping: boolean;
  /** Key of the value that comes next in a mapping. */
  key: string | undefined;
  index: number;
}

/** Line of every value's key or list entry, by the JSON of its keys. */
function locate(events: readonly Event[], text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const lineAt = lineCounter(text);
  const open: OpenCollection[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) continue;
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    const parent = open.at(-1);
    const isCollection = event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE;
    if (parent?.isMapping && parent.key === undefined && event.type === EVENT_ID.SCALAR) {
      parent.key = getScalarValue(text, event);
      if (parent.key === '__proto__') YAMLException.throwAt(text, event.valueStart, 'unknown key');
      lines.set(JSON.stringify([...parent.keys, parent.key]), lineAt(event.valueStart));
      continue;
    }
    const keys = parent === undefined ? [] : [...parent.keys, parent.key ?? parent.index++];
    if (parent !== undefined) parent.key = undefined;
    const start = isCollection ? event.start : event.type === EVENT_ID.SCALAR ? event.valueStart : -1;
    const place = JSON.stringify(keys);
    if (start >= 0 && !lines.has(place)) lines.set(place, lineAt(start));
    if (isCollection)
      open.push({ keys, isMapping: event.type === EVENT_ID.MAPPING, key: undefined, index: 0 });
  }
  return lines;
}

/** Line, from 1, of offsets that are asked for in ascending order, as events come. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    for (; at < offset; at++) {
      if (text[at] === '\n') line++;
    }
    return line;
  };
}
