import type { SavedViewDto } from '../../../engine/contract/dto/index.ts';
import { minute, table } from './format.ts';

/** `champions, Good ones: filter trades >= 50; sort p`. */
export function viewText({ table, name, query }: SavedViewDto): string {
  return `${table}, ${name}: ${queryText(query)}`;
}

function queryText(query: SavedViewDto['query']): string {
  const parts = Object.entries(query).map(([key, value]) => `${key} ${value}`);
  return parts.length === 0 ? 'as usual' : parts.join('; ');
}

export function viewsText(views: readonly SavedViewDto[]): string {
  if (views.length === 0) {
    return 'No view was saved. `regimen views save history NAME` and `views save champions NAME` keep columns, order and filters.';
  }
  const rows = views.map((view) => [view.table, view.name, queryText(view.query), minute(view.savedAt)]);
  return table(['Table', 'Name', 'What it asks for', 'Saved (UTC)'], rows, []);
}
