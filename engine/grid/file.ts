import { EngineError } from '../contract/errors.ts';
import { decodeText } from '../contract/text-encoding.ts';
import { FILE_KINDS, readUserFile } from '../files/user-file.ts';

/**
 * The text of a GRID.yaml, in UTF-8 or UTF-16.
 * @throws EngineError `file-unreadable`; `grid-invalid` for bytes of another encoding
 */
export function readGridFile(file: string): string {
  const decoded = decodeText(readUserFile(file, FILE_KINDS.yaml));
  if ('text' in decoded) return decoded.text;
  throw new EngineError('grid-invalid', `${file} ${decoded.problem}.`, { file });
}
