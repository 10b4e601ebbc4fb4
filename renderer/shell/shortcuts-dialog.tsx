import { Kbd, Modal, Table } from '@mantine/core';
import { closeDialog, useUi } from '../state/index.ts';
import { common } from '../ui/texts/common.ts';
import { PLACE_LABELS } from './places.tsx';
import { texts } from './texts.ts';

const SHORTCUTS: readonly { readonly keys: string; readonly does: string }[] = [
  ...PLACE_LABELS.map(({ label }, index) => ({ keys: String(index + 1), does: texts.goTo({ label }) })),
  { keys: 'Ctrl K', does: texts.searchOrDoAnything },
  { keys: 'N', does: texts.newGrid },
  { keys: 'I', does: texts.importMarketData },
  { keys: 'P', does: texts.pauseOrResumeTraining },
  { keys: 'T', does: texts.switchBetweenDarkAndLight },
  { keys: '?', does: texts.showTheseShortcuts },
];

export function ShortcutsDialog() {
  const opened = useUi((ui) => ui.dialog === 'shortcuts');
  return (
    <Modal
      opened={opened}
      onClose={closeDialog}
      title={texts.keyboardShortcuts}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Table withRowBorders={false}>
        <Table.Tbody>
          {SHORTCUTS.map(({ keys, does }) => (
            <Table.Tr key={keys}>
              <Table.Td w={84}>
                <Kbd>{keys}</Kbd>
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
