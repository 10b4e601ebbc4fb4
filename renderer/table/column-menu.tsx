import { ActionIcon, Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns } from '@tabler/icons-react';
import classes from './column-menu.module.css';
import { texts } from './texts.ts';

/** As high as there is room: the rest of a long list is scrolled to. */
const WITHIN_WINDOW = { flip: true, shift: true, size: { padding: 8 } };

interface NamedColumn {
  readonly key: string;
  readonly header: string;
}

interface ColumnMenuProps {
  /** What the table is called: `history`. */
  readonly of: string;
  /** All columns that there are. */
  readonly all: readonly NamedColumn[];
  /** Those that are shown, in their order. */
  readonly columns: readonly NamedColumn[];
  /** Keys of the columns, in their order; undefined: the usual ones. */
  readonly chosen: readonly string[] | undefined;
  onChoose(columns: readonly string[] | undefined): void;
}

/** Which columns a table shows, and in which order. */
export function ColumnMenu({ of, all, columns, chosen, onChoose }: ColumnMenuProps) {
  const shown = columns.map(({ key }) => key);
  const others = all.filter(({ key }) => !shown.includes(key));
  // The last one stays: a table without columns is none.
  const remove = (key: string) => shown.length > 1 && onChoose(shown.filter((other) => other !== key));
  const swap = (at: number, by: number) => {
    const next = [...shown];
    [next[at], next[at + by]] = [next[at + by]!, next[at]!];
    onChoose(next);
  };
  return (
    <Popover position="bottom-end" middlewares={WITHIN_WINDOW} shadow="md" trapFocus withArrow>
      <Popover.Target>
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconColumns size={14} aria-hidden />}>
          {texts.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.columnDropdown}>
        <Stack gap="sm">
          <ol className={classes.columnOrder} aria-label={texts.columnsOf({ of })}>
            {columns.map(({ key, header }, at) => (
              <li key={key}>
                <Checkbox size="xs" label={header} checked onChange={() => remove(key)} />
                <ActionIcon
                  size={24}
                  variant="subtle"
                  color="gray"
                  aria-label={texts.moveToFront({ header })}
                  disabled={at === 0}
                  onClick={() => swap(at, -1)}
                >
                  <IconArrowUp size={14} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  size={24}
                  variant="subtle"
                  color="gray"
                  aria-label={texts.moveToBack({ header })}
                  disabled={at === columns.length - 1}
                  onClick={() => swap(at, 1)}
                >
                  <IconArrowDown size={14} aria-hidden />
                </ActionIcon>
              </li>
            ))}
          </ol>
          <fieldset className={classes.columnMenu}>
            <legend className="visually-hidden">{texts.furtherColumns}</legend>
            {others.map(({ key, header }) => (
              <Checkbox
                key={key}
                size="xs"
                label={header}
                checked={false}
                onChange={() => onChoose([...shown, key])}
              />
            ))}
          </fieldset>
          <Button
            size="xs"
            variant="default"
            disabled={chosen === undefined}
            onClick={() => onChoose(undefined)}
          >
            {texts.usualColumns}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
