import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { call, client } from '../state/index.ts';
import { attempt, notifyExport } from '../ui/index.ts';
import type { PlaceInput } from './name-page.tsx';
import { texts } from './texts.ts';

/** Writes the journal of a name, or of all, as CSV: to the exports folder, or in a window to a chosen place. */
export function JournalButton({ input, file }: { readonly input?: PlaceInput; readonly file: string }) {
  const [busy, setBusy] = useState(false);
  const write = async () => {
    setBusy(true);
    await attempt(async () => {
      const { native } = client();
      const csv =
        native === undefined
          ? file
          : await native.saveFile({
              title: texts.exportJournal,
              suggestedName: file,
              filters: [{ name: 'CSV', extensions: ['csv'] }],
            });
      if (csv === null) return;
      // The dialog has asked whether a file that is there may go; in a browser it is one's own to be downloaded.
      const written = await call('production.journal', { ...input, csv, overwrite: true });
      notifyExport(texts.theJournal, written.file!);
    });
    setBusy(false);
  };
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconDownload size={14} aria-hidden />}
      loading={busy}
      onClick={() => void write()}
    >
      {texts.journalAsCsv}
    </Button>
  );
}
