import { Button } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import type { RawInput } from '../../engine/contract/api/index.ts';
import { call } from '../state/index.ts';
import { attempt, notifyExport } from '../ui/index.ts';
import { texts } from './texts.ts';

/** What a report is about. */
export type ReportOf = Pick<RawInput<'report.write'>, 'run' | 'champion' | 'validation' | 'name' | 'version'>;

/** Writes what is known of one thing as a page that prints, to the exports folder. */
export function ReportButton({ of, what }: { readonly of: ReportOf; readonly what: string }) {
  const [busy, setBusy] = useState(false);
  const write = async () => {
    setBusy(true);
    const written = await attempt(() => call('report.write', of));
    setBusy(false);
    if (written !== undefined) notifyExport(texts.reportOf({ what }), written.file);
  };
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconFileText size={14} aria-hidden />}
      loading={busy}
      onClick={() => void write()}
    >
      {texts.report}
    </Button>
  );
}
