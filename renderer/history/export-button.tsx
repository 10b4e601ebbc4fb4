import { ActionIcon, Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown, IconDownload, IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { call, client } from '../state/index.ts';
import { attempt, plural } from '../ui/index.ts';
import type { HistoryFilter } from './filters.ts';

interface ExportButtonProps {
  readonly filter: HistoryFilter;
  readonly disabled: boolean;
}

/** Long enough to read a path and to reach for the button. */
const NOTICE_MS = 30_000;

/** Writes every run of the current filter as CSV: to the exports folder, or in a window to a chosen place. */
export function ExportButton({ filter, disabled }: ExportButtonProps) {
  const [busy, setBusy] = useState(false);
  const { native } = client();

  const write = async (csv?: string) => {
    setBusy(true);
    const written = await attempt(() =>
      call('history.export', { ...filter, ...(csv === undefined ? {} : { csv }) }),
    );
    setBusy(false);
    if (written !== undefined) notifyExport(written);
  };
  const choose = async () => {
    const csv = await attempt(async () =>
      native?.saveFile({
        title: 'Export results',
        suggestedName: 'training_history.csv',
        filters: [{ name: 'CSV', extensions: ['csv'] }],
      }),
    );
    if (typeof csv === 'string') await write(csv);
  };

  const button = (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      disabled={disabled}
      loading={busy}
      onClick={() => void write()}
    >
      Export Results
    </Button>
  );
  if (native === undefined) return button;
  return (
    <Button.Group>
      {button}
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
          <Menu.Item leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={() => void choose()}>
            Export to a chosen place …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}

function notifyExport({ file, runs }: { readonly file: string; readonly runs: number }): void {
  const inBrowser = client().native === undefined;
  notifications.show({
    title: `${plural(runs, 'run')} exported`,
    message: (
      <>
        <div style={{ overflowWrap: 'anywhere' }}>{file}</div>
        <Button mt="xs" size="xs" variant="default" onClick={() => void attempt(() => client().reveal(file))}>
          {inBrowser ? 'Download' : 'Show in folder'}
        </Button>
      </>
    ),
    color: 'green',
    withBorder: true,
    autoClose: NOTICE_MS,
  });
}
