import { COLLECTION_STYLE, type Document, dump, visit } from 'js-yaml';
import { readYaml } from '../config/yaml.ts';
import { type GridSpec, type GridSpecInput, parseGridSpec } from '../contract/grid.ts';

/**
 * Reads the text of a GRID.yaml; `file` is what messages call it.
 * @throws EngineError `grid-invalid` with every problem, and the line of text that is no YAML
 */
export function readGridText(text: string, file: string): GridSpec {
  return parseGridSpec(readYaml(text, file, 'grid-invalid').value ?? {}, file);
}

const HEADING =
  '# A Regimen training grid. Every list is an axis; their product is the set of configurations.\n';

/** The text of a GRID.yaml: lists on one line, as people write them. */
export function gridText(grid: GridSpecInput): string {
  const transform = (documents: Document[]) =>
    visit(documents, (node) => {
      if (node.kind === 'sequence') node.style = COLLECTION_STYLE.FLOW;
    });
  return HEADING + dump(grid, { lineWidth: -1, transform });
}
