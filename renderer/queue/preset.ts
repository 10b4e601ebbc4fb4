import type { GridSpecInput } from '../../engine/contract/grid.ts';

/** A file name for a grid: `My grid` -> `my-grid.GRID.yaml`. */
export function presetName({ name = '' }: Pick<GridSpecInput, 'name'>): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' ? 'GRID.yaml' : `${slug}.GRID.yaml`;
}
