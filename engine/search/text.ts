import { readYaml } from '../config/yaml.ts';
import { parseSearchSpec, type SearchSpec } from '../contract/search.ts';

/**
 * Reads the text of a SEARCH.yaml; `file` is what messages call it.
 * @throws EngineError `grid-invalid` with every problem, and the line of text that is no YAML
 */
export function readSearchText(text: string, file: string): SearchSpec {
  return parseSearchSpec(readYaml(text, file, 'grid-invalid').value ?? {}, file);
}
