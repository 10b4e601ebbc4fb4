import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { TraceDto } from '../../engine/contract/dto/index.ts';
import { call, client } from '../state/index.ts';
import { zoneAsked } from '../state/zone.ts';
import { attempt, notifyExport } from '../ui/index.ts';
import { texts } from './texts.ts';

/** Writes the trades as CSV: in a window to a chosen place, in a browser to the exports folder. */
export function ExportTrades({
  trace,
}: {
  readonly trace: Pick<TraceDto, 'runId' | 'strategyIndex' | 'alone' | 'trades'>;
}) {
  const [busy, setBusy] = useState(false);
  const { runId, strategyIndex, alone, trades } = trace;

  const write = async () => {
    const { native } = client();
    const csv = await attempt(async () =>
      native?.saveFile({
        title: texts.exportTrades,
        suggestedName: 'trades.csv',
        filters: [{ name: 'CSV', extensions: ['csv'] }],
      }),
    );
    // A window whose dialog was left without an answer has none.
    if (native !== undefined && typeof csv !== 'string') return;
    setBusy(true);
    const written = await attempt(() =>
      call('trades.export', {
        run: runId,
        strategy: strategyIndex,
        ...zoneAsked(),
        ...(alone === null ? {} : { regime: alone }),
        // The dialog has asked whether a file that is there may go.
        ...(typeof csv === 'string' ? { csv, overwrite: true } : {}),
      }),
    );
    setBusy(false);
    if (written !== undefined) notifyExport(texts.countOfTrades({ trades: written.trades }), written.file);
  };

  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconDownload size={14} aria-hidden />}
      disabled={trades.length === 0}
      loading={busy}
      onClick={() => void write()}
    >
      {texts.exportTrades}
    </Button>
  );
}
