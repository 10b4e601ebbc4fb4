import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDecimal, IconDownload, IconFolderOpen, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import type { RawInput } from '../../engine/contract/api/index.ts';
import { TABLE_FORMATS, type TableFormat } from '../../engine/contract/table-format.ts';
import { call, client } from '../state/index.ts';
import { attempt, notifyExport, plural } from '../ui/index.ts';
import type { HistoryQuery } from './use-run-window.ts';

interface ExportButtonProps {
  readonly query: HistoryQuery;
  /** Keys of the columns that are shown, in their order. */
  readonly columns: readonly string[];
  readonly disabled: boolean;
}

type Dialect = Pick<RawInput<'history.export'>, 'separator' | 'decimal'>;

const FORMAT_NAMES: Readonly<Record<TableFormat, string>> = { csv: 'CSV', parquet: 'Parquet', json: 'JSON' };

/** For spreadsheets of countries that write 3,99. */
const DECIMAL_COMMA: Dialect = { separator: ';', decimal: ',' };

/** Says where a limit has cut the list. */
function exported(runs: number, limit: number | undefined): string {
  return plural(runs, 'run') + (runs === limit ? ` (the limit of ${limit})` : '');
}

/** Writes the runs that are listed, in their order and not more than the limit, with all columns or those that are shown: to the exports folder, or in a window to a chosen place. */
export function ExportButton({ query, columns, disabled }: ExportButtonProps) {
  const [busy, setBusy] = useState(false);
  const { native } = client();
  const { filter, limit, ...order } = query;

  const write = async (options: Partial<RawInput<'history.export'>> = {}) => {
    setBusy(true);
    const written = await attempt(() =>
      call('history.export', { ...filter, ...order, ...(limit === undefined ? {} : { limit }), ...options }),
    );
    setBusy(false);
    if (written !== undefined) notifyExport(exported(written.runs, limit), written.file);
  };
  const choose = async (dialect: Dialect = {}) => {
    const csv = await attempt(async () =>
      native?.saveFile({
        title: 'Export results',
        suggestedName: 'training_history.csv',
        filters: [{ name: 'CSV', extensions: ['csv'] }],
      }),
    );
    // The dialog has asked whether a file that is there may go.
    if (typeof csv === 'string') await write({ ...dialect, csv, overwrite: true });
  };

  return (
    <Button.Group>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        disabled={disabled}
        loading={busy}
        onClick={() => void write()}
      >
        Export Results
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={36}
            disabled={disabled || busy}
            aria-label="More ways to export"
          >
            <IconChevronDown size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {TABLE_FORMATS.map((format) => (
            <Menu.Item
              key={format}
              leftSection={<IconTable size={16} aria-hidden />}
              onClick={() => void write({ format, columns: columns.join(',') })}
            >
              Shown columns as {FORMAT_NAMES[format]}
            </Menu.Item>
          ))}
          <Menu.Item
            leftSection={<IconTable size={16} aria-hidden />}
            onClick={() => void write({ format: 'parquet' })}
          >
            All columns as Parquet
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDecimal size={16} aria-hidden />}
            onClick={() => void write(DECIMAL_COMMA)}
          >
            All columns with semicolons and decimal commas
          </Menu.Item>
          {native === undefined ? null : (
            <>
              <Menu.Item leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={() => void choose()}>
                Export to a chosen place …
              </Menu.Item>
              <Menu.Item
                leftSection={<IconFolderOpen size={16} aria-hidden />}
                onClick={() => void choose(DECIMAL_COMMA)}
              >
                There, with semicolons and decimal commas …
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
