import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDecimal, IconDownload, IconFolderOpen, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { TABLE_FORMATS, type TableFormat } from '../../engine/contract/table-format.ts';
import { client } from '../state/index.ts';
import { attempt, notifyExport } from '../ui/index.ts';
import { texts } from './texts.ts';

/** How a file is written: what the Api's exports of tables take. */
export interface TableFile {
  readonly format?: TableFormat;
  /** Keys of its columns, with commas between them; all that are known without it. */
  readonly columns?: string;
  readonly csv?: string;
  readonly overwrite?: boolean;
  readonly separator?: ';';
  readonly decimal?: ',';
}

interface ExportButtonProps {
  /** Keys of the columns that are shown, in their order. */
  readonly columns: readonly string[];
  /** For a place that is chosen: `training_history.csv`. */
  readonly suggestedName: string;
  /** Its files may have semicolons and decimal commas. */
  readonly hasDialects: boolean;
  readonly disabled: boolean;
  /** Writes what is listed, in its order, and says how much and where. */
  write(file: TableFile): Promise<{ readonly what: string; readonly file: string }>;
}

const FORMAT_NAMES: Readonly<Record<TableFormat, string>> = {
  csv: 'CSV',
  parquet: texts.parquet,
  json: 'JSON',
};

/** For spreadsheets of countries that write 3,99. */
const DECIMAL_COMMA = { separator: ';', decimal: ',' } as const;

/** Writes what a table lists, with all columns or those that are shown: to the exports folder, or in a window to a chosen place. */
export function ExportButton(props: ExportButtonProps) {
  const { columns, suggestedName, hasDialects, disabled } = props;
  const [busy, setBusy] = useState(false);
  const { native } = client();

  const write = async (options: TableFile = {}) => {
    setBusy(true);
    const written = await attempt(() => props.write(options));
    setBusy(false);
    if (written !== undefined) notifyExport(written.what, written.file);
  };
  const choose = async (dialect: TableFile = {}) => {
    const csv = await attempt(async () =>
      native?.saveFile({
        title: texts.exportResults,
        suggestedName,
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
        {texts.exportResultsText}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={36}
            disabled={disabled || busy}
            aria-label={texts.moreWaysToExport}
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
              {texts.shownColumnsAs({ formatName: FORMAT_NAMES[format] })}
            </Menu.Item>
          ))}
          <Menu.Item
            leftSection={<IconTable size={16} aria-hidden />}
            onClick={() => void write({ format: 'parquet' })}
          >
            {texts.allColumnsAsParquet}
          </Menu.Item>
          {hasDialects ? (
            <Menu.Item
              leftSection={<IconDecimal size={16} aria-hidden />}
              onClick={() => void write(DECIMAL_COMMA)}
            >
              {texts.allColumnsWithSemicolons}
            </Menu.Item>
          ) : null}
          {native === undefined ? null : (
            <Menu.Item leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={() => void choose()}>
              {texts.exportToChosenPlace}
            </Menu.Item>
          )}
          {native === undefined || !hasDialects ? null : (
            <Menu.Item
              leftSection={<IconFolderOpen size={16} aria-hidden />}
              onClick={() => void choose(DECIMAL_COMMA)}
            >
              {texts.thereWithSemicolons}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
