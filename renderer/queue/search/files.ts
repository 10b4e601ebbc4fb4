import { EngineError } from '../../../engine/contract/errors.ts';
import { YAML_BYTES } from '../../../engine/contract/grid.ts';
import { decodeText } from '../../../engine/contract/text-encoding.ts';
import { chooseFile } from '../../client/choose-file.ts';
import { openSearchText } from './draft.ts';

/** Asks for a SEARCH.yaml and loads it. Throws `grid-invalid` with what is wrong with it. */
export async function chooseAndOpenSearch(): Promise<void> {
  const file = await chooseFile('.yaml,.yml');
  if (file === null) return;
  const decoded = decodeText(new Uint8Array(await file.slice(0, 2 * YAML_BYTES + 4).arrayBuffer()));
  if ('problem' in decoded) throw new EngineError('grid-invalid', `${file.name} ${decoded.problem}.`);
  await openSearchText(decoded.text, file.name);
}
