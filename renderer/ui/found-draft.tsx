import { Alert, Button, Group } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { forgetFound, useFoundDrafts } from '../state/keep-draft.ts';
import { formatTime } from './format.ts';
import { texts } from './texts/ui.ts';

interface FoundDraftProps {
  /** As `keepDraft` has them: all that the form is made of. */
  readonly names: readonly string[];
  onDiscard(): void;
}

/** Asks what to do about a form that was left when the page was closed, loaded again, or crashed. */
export function FoundDraft({ names, onDiscard }: FoundDraftProps) {
  const at = useFoundDrafts((found) => Math.max(0, ...names.map((name) => found[name] ?? 0)));
  if (at === 0) return null;
  const forget = () => {
    for (const name of names) forgetFound(name);
  };
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
          <Button size="xs" onClick={forget}>
            {texts.goOnWithIt}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              onDiscard();
              forget();
            }}
          >
            {texts.startOver}
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}
