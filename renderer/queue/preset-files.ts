import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { chooseFile } from '../client/choose-file.ts';
import { download } from '../client/download.ts';
import { openPreset } from './draft.ts';
import { formatPreset, PRESET_BYTES, presetName } from './preset.ts';

/** Asks for a GRID.yaml and loads it. Throws `grid-invalid` with what is wrong with it. */
export async function chooseAndOpenPreset(): Promise<void> {
  const file = await chooseFile('.yaml,.yml');
  if (file === null) return;
  // One byte more than allowed is enough to be refused.
  openPreset(await file.slice(0, PRESET_BYTES + 1).text(), file.name);
}

/** Hands the grid to the user as a GRID.yaml. */
export async function savePreset(grid: GridSpecInput): Promise<void> {
  download(new Blob([formatPreset(grid)], { type: 'application/yaml' }), presetName(grid.name ?? ''));
}
