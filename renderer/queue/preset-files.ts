import { EngineError } from '../../engine/contract/errors.ts';
import { type GridSpecInput, YAML_BYTES } from '../../engine/contract/grid.ts';
import { yamlFileName } from '../../engine/contract/job-command.ts';
import { decodeText } from '../../engine/contract/text-encoding.ts';
import { chooseFile } from '../client/choose-file.ts';
import { download } from '../client/download.ts';
import { call } from '../state/index.ts';
import { openPreset } from './draft.ts';

/** Asks for a GRID.yaml and loads it. Throws `grid-invalid` with what is wrong with it. */
export async function chooseAndOpenPreset(): Promise<void> {
  const file = await chooseFile('.yaml,.yml');
  if (file !== null) await openPresetFile(file);
}

/** Loads a GRID.yaml. Throws `grid-invalid` with what is wrong with it. */
export async function openPresetFile(file: File): Promise<void> {
  // In UTF-16 a text takes twice its bytes; a little more than allowed is enough to be refused.
  const decoded = decodeText(new Uint8Array(await file.slice(0, 2 * YAML_BYTES + 4).arrayBuffer()));
  if ('problem' in decoded) throw new EngineError('grid-invalid', `${file.name} ${decoded.problem}.`);
  await openPreset(decoded.text, file.name);
}

/** Hands the grid to the user as a GRID.yaml. */
export async function savePreset(grid: GridSpecInput): Promise<void> {
  const { text } = await call('grid.write', { grid });
  download(new Blob([text], { type: 'application/yaml' }), yamlFileName('GRID', grid.name));
}
