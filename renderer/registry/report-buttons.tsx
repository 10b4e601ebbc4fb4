import { Button } from '@mantine/core';
import { useState } from 'react';
import type { GateReportDto } from '../../engine/contract/dto/index.ts';
import { gateFileName } from '../../engine/contract/gate-subject.ts';
import { call } from '../state/index.ts';
import { attempt, notifyExport } from '../ui/index.ts';
import type { PlaceInput } from './name-page.tsx';
import classes from './registry.module.css';
import { texts } from './texts.ts';

const FORMATS = ['html', 'json'] as const;

/** What the gate said of a version as a file: a page that prints, or what programs read. */
export function ReportButtons({
  report,
  input,
}: {
  readonly report: GateReportDto;
  readonly input: PlaceInput;
}) {
  const [busy, setBusy] = useState<string>();
  const write = async (format: (typeof FORMATS)[number]) => {
    setBusy(format);
    const { version, imported } = report;
    const of = imported === undefined ? { version: version! } : { model: imported.sha256 };
    const name = `gate_${report.name.replaceAll(' ', '_')}_${gateFileName(report)}.${format}`;
    const written = await attempt(() =>
      call('production.report', { ...input, ...of, out: name, overwrite: true }),
    );
    setBusy(undefined);
    if (written !== undefined) notifyExport(texts.whatGateSaid, written.file);
  };
  return (
    <div className={classes.buttons}>
      {FORMATS.map((format) => (
        <Button
          key={format}
          variant="default"
          size="xs"
          loading={busy === format}
          onClick={() => void write(format)}
        >
          {texts.reportAs({ format: format.toUpperCase() })}
        </Button>
      ))}
    </div>
  );
}
