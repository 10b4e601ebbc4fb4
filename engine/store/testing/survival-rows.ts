import type { SurvivalJournalRow, SurvivalModelRow } from '../survival.ts';

export const exampleSurvivalModel = (): Omit<SurvivalModelRow, 'id'> => ({
  version: '20261121_143022',
  queue_id: 1,
  parent: null,
  model_type: 'ensemble',
  options: '{}',
  figures: '{}',
  last_fold: 7,
  known_until: 2,
  model: Uint8Array.of(1, 2),
  created_at: 3,
});

export const exampleSurvivalJournal = (): Omit<SurvivalJournalRow, 'id'> => ({
  at: 1,
  action: 'promoted',
  from_version: null,
  to_version: '20261121_143022',
  by: 'ann',
  reason: 'first',
  skipped: '[]',
  gate: null,
});
