import type { SearchDto, TrialDto } from '../contract/dto/search.ts';
import type { TableFormat } from '../contract/table-format.ts';
import { type Column, tableFile } from './columns.ts';

const COLUMNS: readonly Column<TrialDto>[] = [
  ['study', (t) => t.study, 'integer'],
  ['trial', (t) => t.trial, 'integer'],
  ['model', (t) => t.model, 'text'],
  ['side', (t) => t.side, 'text'],
  ['state', (t) => t.state, 'text'],
  ['value', (t) => t.value],
  ['standard_error', (t) => t.standardError],
  ['auc', (t) => t.auc],
  ['seconds', (t) => t.seconds],
  ['folds', (t) => t.intermediate.length, 'integer'],
  ['same_as', (t) => t.sameAs, 'integer'],
  ['error', (t) => t.error, 'text'],
  ['ended_at', (t) => t.endedAt, 'time'],
];

/** Trials of a search as a file: a row each, in the order of study and number; the parameters in columns named `param_…` behind the others. */
export function trialsFile({ studies, trials }: SearchDto, format: TableFormat): string | Uint8Array {
  const known = new Map(
    studies.flatMap(({ parameters }) => parameters.map((one) => [one.name, one] as const)),
  );
  const names = [...new Set(trials.flatMap(({ params }) => Object.keys(params)))].sort();
  const parameters = names.map((name): Column<TrialDto> => {
    const areNumbers = trials.every(({ params }) => ['number', 'undefined'].includes(typeof params[name]));
    const isText = !areNumbers || known.get(name)?.type === 'categorical';
    const cellOf = ({ params }: TrialDto) => {
      const value = params[name];
      if (value === undefined) return null;
      return isText || typeof value === 'boolean' ? String(value) : value;
    };
    return [`param_${name}`, cellOf, isText ? 'text' : 'number'];
  });
  return tableFile([...COLUMNS, ...parameters], trials, format);
}
