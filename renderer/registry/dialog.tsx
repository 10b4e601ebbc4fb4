import { Button, type ButtonProps, Group, Modal, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { FocusBack } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './registry.module.css';
import { texts } from './texts.ts';

interface DialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What will happen. */
  readonly consequence: React.ReactNode;
  /** Verb of the button that does it. */
  readonly confirm: string;
  readonly disabled?: boolean;
  /** It takes something away, or leaves something out. */
  readonly grave?: boolean;
  /** Further ways on, beside the one that does it. */
  readonly extra?: React.ReactNode;
  readonly size?: string;
  readonly children?: React.ReactNode;
  onClose(): void;
  onConfirm(): void;
}

/** Asks before something is done to a name, with what it takes to do it. Enter in a field does it, Escape goes back. */
export function Dialog({
  opened,
  title,
  consequence,
  confirm,
  disabled = false,
  grave = false,
  extra,
  size = 'lg',
  children,
  onClose,
  onConfirm,
}: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (disabled) return;
          onClose();
          onConfirm();
        }}
      >
        <p className={classes.consequence}>{consequence}</p>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.goBack}
          </Button>
          {extra}
          <Button type="submit" disabled={disabled} {...(grave ? { color: 'red' } : {})}>
            {confirm}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** A button with a dialog behind it, which is made anew each time that it is opened. */
export function DialogButton({
  dialog,
  ...button
}: ButtonProps & {
  readonly children: React.ReactNode;
  readonly 'aria-label'?: string;
  dialog(given: { readonly opened: boolean; onClose(): void }): React.ReactNode;
}) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" {...button} onClick={open} />
      {opened ? (
        <>
          <FocusBack />
          {dialog({ opened, onClose: close })}
        </>
      ) : null}
    </>
  );
}

/** Why: it stands in the journal. */
export function ReasonField({ value, onChange }: { readonly value: string; onChange(reason: string): void }) {
  return (
    <TextInput
      label={common.reason}
      description={texts.itStandsInJournal}
      maxLength={500}
      value={value}
      data-autofocus
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** As methods take it. */
export const reasonOf = (text: string) => (text.trim() === '' ? {} : { reason: text.trim() });
