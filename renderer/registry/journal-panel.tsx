import { Modal } from '@mantine/core';
import type { GateReportDto, JournalEntryDto } from '../../engine/contract/dto/index.ts';
import { GatePanel, skippedText } from '../gate/index.ts';
import { useCall } from '../state/index.ts';
import { DASH, ErrorState, formatTime, LoadingRows, Panel, useNameTitle } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { DialogButton } from './dialog.tsx';
import { JournalButton } from './journal-button.tsx';
import { ListTable } from './list-table.tsx';
import type { PlaceInput } from './name-page.tsx';
import { texts } from './texts.ts';

/** What was done to a name, the newest first. */
export function JournalPanel({ name, input }: { readonly name: string; readonly input: PlaceInput }) {
  const { data, error, refresh } = useCall('production.journal', input);
  return (
    <Panel
      title={texts.journal}
      note={texts.neverRewritten}
      actions={<JournalButton input={input} file={`journal_${name.replaceAll(' ', '_')}.csv`} />}
      flush
    >
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={3} />
      ) : (
        <ListTable
          label={texts.journal}
          head={[
            common.when,
            common.what,
            common.from,
            common.to,
            texts.by,
            texts.leftOut,
            common.reason,
            common.gate,
          ]}
          rows={data.entries.toReversed().map((entry) => ({
            key: entry.id,
            cells: [
              formatTime(entry.at),
              entry.action === 'alias moved' ? texts.aliasOf({ alias: entry.alias }) : entry.action,
              entry.from ?? DASH,
              entry.to ?? DASH,
              entry.by,
              { words: skippedText(entry.skipped) ?? DASH },
              { words: entry.reason ?? DASH },
              entry.gate === null ? DASH : <GateButton key="gate" entry={entry} gate={entry.gate} />,
            ],
          }))}
        />
      )}
    </Panel>
  );
}

/** What the gate said then, line by line. */
function GateButton({ entry, gate }: { readonly entry: JournalEntryDto; readonly gate: GateReportDto }) {
  const nameTitle = useNameTitle();
  return (
    <DialogButton
      size="compact-xs"
      aria-label={texts.whatGateSaidOn({ at: formatTime(entry.at) })}
      dialog={({ opened, onClose }) => (
        <Modal
          opened={opened}
          onClose={onClose}
          title={nameTitle(entry.name)}
          size="60rem"
          closeButtonProps={{ 'aria-label': common.close }}
        >
          <GatePanel report={gate} title={texts.gate} />
        </Modal>
      )}
    >
      {gate.passed ? texts.passed : texts.refused}
    </DialogButton>
  );
}
