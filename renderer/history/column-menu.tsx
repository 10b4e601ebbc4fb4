import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { chooseColumns, shownColumns, useColumnChoice } from './column-choice.ts';
import { RUN_COLUMNS } from './columns.tsx';
import classes from './history.module.css';

/** Which columns the history shows. */
export function ColumnMenu() {
  const chosen = useColumnChoice((choice) => choice.chosen);
  const shown = new Set(shownColumns(chosen).map(({ key }) => key));
  const toggle = (key: string) => {
    const next = RUN_COLUMNS.map((column) => column.key).filter((other) =>
      other === key ? !shown.has(key) : shown.has(other),
    );
    // The last one stays: a table without columns is none.
    if (next.length > 0) chooseColumns(next);
  };
  return (
    <Popover position="bottom-end" shadow="md" trapFocus withArrow>
      <Popover.Target>
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconColumns size={14} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <fieldset className={classes.columnMenu}>
            <legend className="visually-hidden">Columns of the history</legend>
            {RUN_COLUMNS.map(({ key, header }) => (
              <Checkbox
                key={key}
                size="xs"
                label={header}
                checked={shown.has(key)}
                onChange={() => toggle(key)}
              />
            ))}
          </fieldset>
          <Button
            size="xs"
            variant="default"
            disabled={chosen === undefined}
            onClick={() => chooseColumns(undefined)}
          >
            Usual columns
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
