import type { RunDto } from '../../../engine/contract/dto/index.ts';
import { decimal, integer, minute, table } from './format.ts';

const HEAD = [
  'ID',
  'UUID',
  'Model',
  'Symbol',
  'TF',
  'Days',
  'Bars ahead',
  'Encoder',
  'Status',
  'Kept',
  'Champion of',
  'Sharpe',
  'Rank IC',
  'Created (UTC)',
];

export function historyText(runs: readonly RunDto[]): string {
  if (runs.length === 0) return 'No runs match.';
  const rows = runs.map((r) => [
    integer(r.id),
    r.uuid.slice(0, 8),
    r.modelType,
    r.symbol,
    r.timeframe,
    integer(r.daysHistory),
    integer(r.horizon),
    r.encoder,
    r.status,
    r.kept ? 'yes' : 'no',
    r.error ?? r.bestRegimes.join(', '),
    decimal(r.sharpe),
    decimal(r.rankIc, 3),
    minute(r.createdAt),
  ]);
  return table(HEAD, rows, ['ID', 'Days', 'Bars ahead', 'Sharpe', 'Rank IC']);
}
