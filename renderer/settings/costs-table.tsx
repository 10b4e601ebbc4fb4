import { Select, Table, TextInput } from '@mantine/core';
import { Gradually, SideScroll } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { type Edit, type Edits, isChanged, readEdit, shownValue } from './edits.ts';
import type { CostRow, SettingField } from './fields.ts';
import classes from './settings.module.css';
import { texts } from './texts.ts';

/** Rows that are drawn at a time: each is a line of fields. */
const ROWS = 3;

interface CostsTableProps {
  readonly label?: string;
  /** What the rows are. */
  readonly head?: string;
  /** A row may have a title of its own. */
  readonly rows: readonly (CostRow & { readonly title?: string })[];
  /** Per key: what counts where a symbol has no value of its own. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly edits: Edits;
  readonly problems: Readonly<Record<string, string>>;
  onEdit(path: string, edit: Edit): void;
}

/** Costs, or whatever else symbols have each, a cell a figure; an empty one takes the default, which it shows in gray. */
export function CostsTable({
  rows,
  label,
  head = common.symbol,
  defaults,
  edits,
  problems,
  onEdit,
}: CostsTableProps) {
  return (
    <SideScroll className={classes.costs} label={label ?? texts.costsPerSymbol}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{head}</Table.Th>
            {rows[0]?.fields.map((field) => (
              <Table.Th key={field.title}>{field.title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Gradually first={ROWS} step={ROWS}>
            {rows.map(({ symbol, title, fields }) => (
              <Table.Tr key={symbol}>
                <Table.Th scope="row">{title ?? symbol}</Table.Th>
                {fields.map((field) => (
                  <Table.Td key={field.path}>
                    <Cell
                      field={field}
                      label={texts.fieldOfTitle({ field: field.title, title: title ?? symbol })}
                      placeholder={String(defaults[field.parameter.key] ?? '')}
                      edit={edits[field.path]}
                      problem={problems[field.path]}
                      onEdit={onEdit}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Gradually>
        </Table.Tbody>
      </Table>
    </SideScroll>
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
  const error = reading !== undefined && 'problem' in reading ? reading.problem : problem;
  const { choices } = field.parameter;
  if (choices.length > 0) {
    const value = String(shownValue(field, edit));
    return (
      <Select
        size="xs"
        aria-label={label}
        placeholder={placeholder}
        data={choices.map((choice) => ({ value: choice, label: field.titles[choice] ?? choice }))}
        data-changed={isChanged(field, edit) || undefined}
        value={value === '' ? null : value}
        error={error}
        clearable
        onChange={(chosen) => onEdit(field.path, chosen)}
      />
    );
  }
  return (
    <TextInput
      size="xs"
      aria-label={label}
      inputMode="decimal"
      placeholder={placeholder}
      data-changed={isChanged(field, edit) || undefined}
      value={String(shownValue(field, edit))}
      error={error}
      // An emptied cell goes back to the default.
      onChange={({ currentTarget: { value } }) => onEdit(field.path, value.trim() === '' ? null : value)}
    />
  );
}
