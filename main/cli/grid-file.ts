import { readFileSync } from 'node:fs';
import { readYaml } from '../../engine/config/yaml.ts';
import { EngineError } from '../../engine/contract/errors.ts';

/** What a GRID.yaml says, unchecked. @throws EngineError `file-unreadable`, or `config-invalid` for text that is no YAML */
export function readGridFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' }[String(code)] ?? message;
    throw new EngineError('file-unreadable', `The grid ${file} can't be read: ${reason}.`, { file }, error);
  }
  return readYaml(text, file).value ?? {};
}
