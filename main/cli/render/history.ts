import type { HistoryPageDto } from '../../../engine/contract/dto/index.ts';
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

export function historyText({ runs, total }: HistoryPageDto): string {
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
    r.bestRegimes.join(', '),
    decimal(r.sharpe),
    decimal(r.rankIc, 3),
    minute(r.createdAt),
  ]);
  const list = table(HEAD, rows, ['ID', 'Days', 'Bars ahead', 'Sharpe', 'Rank IC']);
  // Whole sentences would tear the table apart.
  const failures = runs.flatMap(({ id, error }) => (error === null ? [] : [`Run ${id} failed: ${error}`]));
  return [list, ...failures, `${integer(runs.length)} of ${integer(total)} runs`].join('\n\n');
}
