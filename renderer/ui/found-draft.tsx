import { Alert, Button, Group } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { forgetFound, useFoundDrafts } from '../state/keep-draft.ts';
import { formatTime } from './format.ts';
import { texts } from './texts/ui.ts';

interface FoundDraftProps {
  /** As `keepDraft` has it. */
  readonly name: string;
  onDiscard(): void;
}

/** Asks what to do about a form that was left when the page was closed, loaded again, or crashed. */
export function FoundDraft({ name, onDiscard }: FoundDraftProps) {
  const at = useFoundDrafts((found) => found[name]);
  if (at === undefined) return null;
  return (
    <Alert
      color="gray"
      variant="light"
      role="region"
      title={texts.restoredWhatYouHadBegun}
      icon={<IconHistory aria-hidden />}
    >
      <Group justify="space-between" gap="sm">
        <span>{texts.thisFormWasLeftAt({ at: formatTime(at) })}</span>
        <Group gap="xs">
          <Button size="xs" onClick={() => forgetFound(name)}>
            {texts.goOnWithIt}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              onDiscard();
              forgetFound(name);
            }}
          >
            {texts.startOver}
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}
