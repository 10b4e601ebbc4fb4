import { COLLECTION_STYLE, type Document, dump, type MappingNode, type Node, visit } from 'js-yaml';
import { readYaml } from '../config/yaml.ts';
import { parseSearchSpec, type SearchSpec } from '../contract/search.ts';

/**
 * Reads the text of a SEARCH.yaml; `file` is what messages call it.
 * @throws EngineError `grid-invalid` with every problem, and the line of text that is no YAML
 */
export function readSearchText(text: string, file: string): SearchSpec {
  return parseSearchSpec(readYaml(text, file, 'grid-invalid').value ?? {}, file);
}

const HEADING =
  '# A Regimen search: the axes of a grid, each combination of which is a study, and how its trials are made.\n';

/** The text of a SEARCH.yaml: lists and ranges on one line, as people write them. */
export function searchText(search: SearchSpec): string {
  const transform = (documents: Document[]) =>
    visit(documents, (node) => {
      if (node.kind === 'sequence' || isRange(node)) node.style = COLLECTION_STYLE.FLOW;
    });
  return HEADING + dump(search, { lineWidth: -1, transform });
}

function isRange(node: Node): node is MappingNode {
  return (
    node.kind === 'mapping' &&
    node.items.some(
      ({ key, value }) => key.kind === 'scalar' && key.value === 'type' && value.kind === 'scalar',
    )
  );
}
