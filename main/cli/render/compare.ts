import type { CompareDto, CompareRowDto } from '../../../engine/contract/dto/index.ts';
import { digitsText } from '../../../engine/contract/number-text.ts';
import { bytes, decimal, duration, integer, minute, percent, table } from './format.ts';
import { withError } from './scores.ts';

const MOST_TEXT = 28;

/** How a number is written, by the key of its row; others keep four digits. */
const NUMBERS: Readonly<Record<string, (value: number) => string>> = {
  totalReturn: percent,
  maxDrawdown: percent,
  winRate: percent,
  // Of one trade: hundredths of a percent decide.
  expectancy: (value) => percent(value, 4),
  trades: integer,
  seconds: duration,
  artifactBytes: bytes,
};

/** Side by side; what differs is marked, and the best figure of a row. */
export function compareText({ subjects, rows, curve }: CompareDto): string {
  const lines: string[][] = [];
  let group = '';
  for (const row of rows) {
    if (row.group !== group) lines.push(['', row.group, ...subjects.map(() => '')]);
    group = row.group;
    lines.push([
      row.differs ? '≠' : '',
      row.key === 'createdAt' ? `${row.title} (UTC)` : row.title,
      ...row.values.map((_, at) => cell(row, at) + (row.best.includes(at) ? ' *' : '')),
    ]);
  }
  const notes = subjects.flatMap(({ title, missing }) =>
    missing === null ? [] : [missing.startsWith(title) ? missing : `${title}: ${missing}`],
  );
  const ends = curve.equity.map((equity) => decimal(equity.findLast((value) => value !== null) ?? null, 4));
  if (curve.days.length > 0) lines.push(['', 'Equity at the end, of 1', ...ends]);
  return [
    table(['', 'What', ...subjects.map(({ title }) => title)], lines, []),
    '',
    '≠: they differ. *: the best of the row, which may be luck. Figures are of the selection window, in its regime alone of a champion or version.',
    ...notes,
  ].join('\n');
}

function cell({ group, key, values, errors }: CompareRowDto, at: number): string {
  const value = values[at]!;
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') {
    if (key === 'createdAt') return minute(value);
    return value.length > MOST_TEXT ? `${value.slice(0, MOST_TEXT - 1)}…` : value;
  }
  if (errors !== undefined) return withError(value, errors[at]!);
  // What was chosen is shown as it was chosen: what differs by little differs.
  if (group === 'Configuration') return String(value);
  const written = Object.hasOwn(NUMBERS, key) ? NUMBERS[key]!(value) : undefined;
  return written ?? (Number.isInteger(value) ? digitsText(value) : digitsText(value, 4));
}
