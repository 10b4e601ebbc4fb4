import { type GridSpecInput, YAML_BYTES } from '../../engine/contract/grid.ts';
import { chooseFile } from '../client/choose-file.ts';
import { download } from '../client/download.ts';
import { call } from '../state/index.ts';
import { openPreset } from './draft.ts';
import { presetName } from './preset.ts';

/** Asks for a GRID.yaml and loads it. Throws `grid-invalid` with what is wrong with it. */
export async function chooseAndOpenPreset(): Promise<void> {
  const file = await chooseFile('.yaml,.yml');
  if (file !== null) await openPresetFile(file);
}

/** Loads a GRID.yaml. Throws `grid-invalid` with what is wrong with it. */
export async function openPresetFile(file: File): Promise<void> {
  // One byte more than allowed is enough to be refused.
  await openPreset(await file.slice(0, YAML_BYTES + 1).text(), file.name);
}

/** Hands the grid to the user as a GRID.yaml. */
export async function savePreset(grid: GridSpecInput): Promise<void> {
  const { text } = await call('grid.write', { grid });
  download(new Blob([text], { type: 'application/yaml' }), presetName(grid));
}
