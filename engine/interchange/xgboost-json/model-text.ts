import { EngineError } from '../../contract/errors.ts';
import { decodeText } from '../../contract/text-encoding.ts';
import { FILE_KINDS, readUserFile } from '../../files/user-file.ts';

/** A model as XGBoost saved it. @throws EngineError `file-unreadable`, `data-invalid` for bytes that are no text */
export function readModelText(file: string): string {
  const decoded = decodeText(readUserFile(file, FILE_KINDS.model));
  if ('text' in decoded) return decoded.text;
  throw new EngineError('data-invalid', `${file} ${decoded.problem}.`, { file });
}
