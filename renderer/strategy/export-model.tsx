import { Menu, Text } from '@mantine/core';
import { useState } from 'react';
import { call, useCall } from '../state/index.ts';
import { ExportMenu } from './export-menu.tsx';
import { texts } from './texts.ts';

interface ExportModelProps {
  /** Number or UUID of the run. */
  readonly run: string;
  /** Whether its model is there; without it the run alone can be written. */
  readonly kept: boolean;
  /** Of a champion: what it trades in, which an expert does, too. */
  readonly regime?: string;
}

/** A menu of everything that a run can leave as: its model in each format, and itself. */
export function ExportModel({ run, kept, regime }: ExportModelProps) {
  const [opened, setOpened] = useState(false);
  const { data } = useCall('model.formats', opened && kept ? { run } : null);
  return (
    <ExportMenu
      head={kept ? texts.model : texts.itsModelWasNotKept}
      refusal={
        data === undefined
          ? undefined
          : (format) => data.formats.find((one) => one.format === format)?.refusal ?? null
      }
      onOpen={() => setOpened(true)}
      writeModel={(format) =>
        call('model.export', {
          run,
          format,
          ...(format === 'metatrader5' && regime !== undefined && { regime }),
        })
      }
      more={(write) => (
        <Menu.Item onClick={() => write(texts.run, () => call('run.export', { run }))}>
          {texts.runToBeTrained}
          <Text size="xs" c="dimmed">
            {texts.configurationCandlesSeedRules}
          </Text>
        </Menu.Item>
      )}
    />
  );
}
