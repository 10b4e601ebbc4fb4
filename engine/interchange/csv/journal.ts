import type { JournalEntryDto } from '../../contract/dto/index.ts';
import { csvLine } from '../../files/csv.ts';

type Column = readonly [string, (entry: JournalEntryDto) => string | number | null];

/** Columns of the exported journal; those of the gate are empty where none was asked. */
const COLUMNS: readonly Column[] = [
  ['id', (e) => e.id],
  ['at', (e) => e.at],
  ['name', (e) => e.name],
  ['action', (e) => e.action],
  ['alias', (e) => e.alias],
  ['from', (e) => e.from],
  ['to', (e) => e.to],
  ['by', (e) => e.by],
  ['reason', (e) => e.reason],
  ['skipped', (e) => (e.skipped.length === 0 ? null : e.skipped.join(' '))],
  ['gate', (e) => (e.gate === null ? null : e.gate.passed ? 'passed' : 'refused')],
  ['gate_verdict', (e) => e.gate?.verdict?.verdict ?? null],
  ['gate_sharpe', (e) => e.gate?.validation?.stitched.sharpe ?? null],
  ['gate_trades', (e) => e.gate?.validation?.stitched.trades ?? null],
  ['gate_comparison', (e) => e.gate?.comparison?.judgement ?? null],
  ['gate_refusal', (e) => e.gate?.refusal ?? null],
  ['gate_figures', (e) => (e.gate === null ? null : JSON.stringify(e.gate.lines))],
];

export function journalCsv(entries: readonly JournalEntryDto[]): string {
  const head = csvLine(COLUMNS.map(([name]) => name));
  return head + entries.map((entry) => csvLine(COLUMNS.map(([, cell]) => cell(entry)))).join('');
}
