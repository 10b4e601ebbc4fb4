import { Document, parseDocument, visit } from 'yaml';
import { EngineError } from '../../engine/contract/errors.ts';
import { type GridSpec, type GridSpecInput, parseGridSpec } from '../../engine/contract/grid.ts';

/** A grid is a page of text; more than this is another kind of file. */
export const PRESET_BYTES = 256 * 1024;

/**
 * Reads a GRID.yaml that someone else may have written: bounded in size, without aliases, no tags that make objects.
 * @throws EngineError `grid-invalid` with what is wrong and, where known, the line.
 */
export function readPreset(text: string, file: string): GridSpec {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > PRESET_BYTES) {
    throw refused(
      file,
      `it has ${Math.ceil(bytes / 1024)} KB, and a grid has at most ${PRESET_BYTES / 1024} KB`,
    );
  }
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const line = problem.linePos?.[0].line;
    const [what] = problem.message.split(/ at line /, 1);
    throw refused(file, `${line === undefined ? '' : `line ${line}: `}${what}`, line);
  }
  return parseGridSpec(plain(document, file), file);
}

function plain(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw refused(file, 'it uses aliases (`*name`), which grids may not; write the values out');
  }
}

function refused(file: string, why: string, line?: number): EngineError {
  return new EngineError('grid-invalid', `${file} can't be used as a grid: ${why}.`, { file, line });
}

/** The text of a GRID.yaml: lists on one line, as people write them. */
export function formatPreset(grid: GridSpecInput): string {
  const document = new Document(grid);
  document.commentBefore =
    ' A Regimen training grid. Every list is an axis; their product is the set of configurations.';
  visit(document, {
    Seq(_key, list) {
      list.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** A file name for a grid: `My grid` -> `my-grid.GRID.yaml`. */
export function presetName(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' ? 'GRID.yaml' : `${slug}.GRID.yaml`;
}
