import { Button, type ButtonProps, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';

interface ConfirmButtonProps extends ButtonProps {
  /** `Cancel this queue?` */
  readonly question: string;
  /** What will happen. */
  readonly consequence: React.ReactNode;
  /** Verb of the button that does it. */
  readonly confirm: string;
  /** Verb of the button that doesn't. */
  readonly keep?: string;
  onConfirm(): void;
}

/** A button that asks before it acts. The safe answer has the focus. */
export function ConfirmButton({
  question,
  consequence,
  confirm,
  keep = 'Go back',
  onConfirm,
  ...button
}: ConfirmButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" {...button} onClick={open} />
      <Modal opened={opened} onClose={close} title={question} closeButtonProps={{ 'aria-label': 'Close' }}>
        <Text size="sm">{consequence}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close} data-autofocus>
            {keep}
          </Button>
          <Button
            color="red"
            onClick={() => {
              close();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
