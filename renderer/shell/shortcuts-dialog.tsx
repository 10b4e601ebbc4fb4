import { Kbd, Modal, Table } from '@mantine/core';
import { PLACE_LABELS } from './places.tsx';

const SHORTCUTS: readonly { readonly keys: string; readonly does: string }[] = [
  ...PLACE_LABELS.map(({ label }, index) => ({ keys: String(index + 1), does: `Go to ${label}` })),
  { keys: 'Ctrl K', does: 'Search, or do anything' },
  { keys: 'N', does: 'New grid' },
  { keys: 'I', does: 'Import market data' },
  { keys: 'P', does: 'Pause or resume training' },
  { keys: 'T', does: 'Switch between dark and light' },
  { keys: '?', does: 'Show these shortcuts' },
];

export function ShortcutsDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Table withRowBorders={false}>
        <Table.Tbody>
          {SHORTCUTS.map(({ keys, does }) => (
            <Table.Tr key={keys}>
              <Table.Td w={64}>
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
