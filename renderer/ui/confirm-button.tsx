import { Button, type ButtonProps, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { common } from './texts/common.ts';
import { texts } from './texts/ui.ts';

interface Question {
  /** `Cancel this queue?` */
  readonly question: string;
  /** What will happen. */
  readonly consequence: React.ReactNode;
  /** Verb of the button that does it. */
  readonly confirm: string;
  /** Verb of the button that doesn't. */
  readonly keep?: string | undefined;
  onConfirm(): void;
}

interface ConfirmDialogProps extends Question {
  readonly opened: boolean;
  onClose(): void;
}

/** Asks before something that can't be taken back. The safe answer has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { question, consequence, confirm, keep = texts.goBack, onConfirm, opened, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={question}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Text size="sm">{consequence}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {keep}
        </Button>
        <Button
          color="red"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}

/** A button that asks before it acts. */
export function ConfirmButton({
  question,
  consequence,
  confirm,
  keep,
  onConfirm,
  ...button
}: Question & ButtonProps & { readonly children: React.ReactNode; readonly 'aria-label'?: string }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" {...button} onClick={open} />
      <ConfirmDialog {...{ question, consequence, confirm, keep, onConfirm, opened }} onClose={close} />
    </>
  );
}
