import { AXIS_LIST } from '../../../engine/contract/configuration.ts';
import type { HistoryPageDto, RunDto } from '../../../engine/contract/dto/index.ts';
import { decimal, integer, minute, table } from './format.ts';
import { hundredfold, SCORE_HEAD, scoreCells } from './scores.ts';

const FIGURES = [...SCORE_HEAD, 'Profit factor', 'Composite', 'ROI%', 'Kelly%', 'Rank IC'];
const RESULT_HEAD = ['Status', 'Kept', 'Champion of', ...FIGURES, 'Created (UTC)'];

interface Column {
  readonly head: string;
  readonly isNumber: boolean;
  cell(run: RunDto): string;
}

/** Of the axes that fit a column; one that came later is shown where some run has another value than it starts with. */
function axisColumns(runs: readonly RunDto[]): Column[] {
  return AXIS_LIST.flatMap(({ key, head, initial }) => {
    if (head === undefined || runs.every((run) => run[key] === initial)) return [];
    const text = (value: unknown) => (typeof value === 'number' ? integer(value) : String(value));
    return [{ head: head.text, isNumber: head.isNumber === true, cell: (run: RunDto) => text(run[key]) }];
  });
}

export function historyText({ runs, total }: HistoryPageDto): string {
  if (runs.length === 0) return 'No runs match.';
  const axes = axisColumns(runs);
  const isMarked = runs.some(({ marks }) => marks !== undefined);
  const rows = runs.map((r) => [
    integer(r.id),
    r.uuid.slice(0, 8),
    ...axes.map(({ cell }) => cell(r)),
    r.status,
    r.kept ? 'yes' : 'no',
    r.bestRegimes.join(', '),
    ...scoreCells(r),
    decimal(r.profitFactor),
    decimal(r.composite),
    hundredfold(r.stake?.roi ?? null, 1),
    hundredfold(r.stake?.kelly?.fraction ?? null, 1),
    decimal(r.rankIc, 3),
    minute(r.createdAt),
    ...(isMarked ? [marksCell(r)] : []),
  ]);
  const head = [
    'ID',
    'UUID',
    ...axes.map((axis) => axis.head),
    ...RESULT_HEAD,
    ...(isMarked ? ['Marks'] : []),
  ];
  const numbers = axes.filter(({ isNumber }) => isNumber).map((axis) => axis.head);
  const list = table(head, rows, ['ID', ...numbers, ...FIGURES]);
  // Whole sentences would tear the table apart.
  const failures = runs.flatMap(({ id, error }) => (error === null ? [] : [`Run ${id} failed: ${error}`]));
  return [list, ...failures, `${integer(runs.length)} of ${integer(total)} runs`].join('\n\n');
}

/** A star and the tags; a note is told by `run`. */
function marksCell({ marks }: RunDto): string {
  if (marks === undefined) return '';
  const { favorite, tags, note } = marks;
  return [favorite ? '*' : '', ...tags, note === '' ? '' : '(note)'].filter((part) => part !== '').join(' ');
}
