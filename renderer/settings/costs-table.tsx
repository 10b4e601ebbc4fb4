import { Table, TextInput } from '@mantine/core';
import { type Edit, type Edits, isChanged, readEdit, shownValue } from './edits.ts';
import type { CostRow, SettingField } from './fields.ts';
import classes from './settings.module.css';

interface CostsTableProps {
  readonly label?: string;
  readonly rows: readonly CostRow[];
  /** Per key: what counts where a symbol has no value of its own. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly edits: Edits;
  readonly problems: Readonly<Record<string, string>>;
  onEdit(path: string, edit: Edit): void;
}

/** Costs, or whatever else symbols have each, a cell a figure; an empty one takes the default, which it shows in gray. */
export function CostsTable({ rows, label, defaults, edits, problems, onEdit }: CostsTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={classes.costs} tabIndex={0} aria-label={label ?? 'Costs per symbol'}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Symbol</Table.Th>
            {rows[0]?.fields.map((field) => (
              <Table.Th key={field.title}>{field.title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ symbol, fields }) => (
            <Table.Tr key={symbol}>
              <Table.Th scope="row">{symbol}</Table.Th>
              {fields.map((field) => (
                <Table.Td key={field.path}>
                  <Cell
                    field={field}
                    label={`${field.title} of ${symbol}`}
                    placeholder={String(defaults[field.parameter.key] ?? '')}
                    edit={edits[field.path]}
                    problem={problems[field.path]}
                    onEdit={onEdit}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

interface CellProps {
  readonly field: SettingField;
  readonly label: string;
  readonly placeholder: string;
  readonly edit: Edit | undefined;
  readonly problem?: string | undefined;
  onEdit(path: string, edit: Edit): void;
}

function Cell({ field, label, placeholder, edit, problem, onEdit }: CellProps) {
  const reading = edit === undefined ? undefined : readEdit(field, edit);
  return (
    <TextInput
      size="xs"
      aria-label={label}
      inputMode="decimal"
      placeholder={placeholder}
      data-changed={isChanged(field, edit) || undefined}
      value={String(shownValue(field, edit))}
      error={reading !== undefined && 'problem' in reading ? reading.problem : problem}
      // An emptied cell goes back to the default.
      onChange={({ currentTarget: { value } }) => onEdit(field.path, value.trim() === '' ? null : value)}
    />
  );
}
