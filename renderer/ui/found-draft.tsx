import { Alert, Button, Group } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { forgetFound, useFoundDrafts } from '../state/keep-draft.ts';
import { formatTime } from './format.ts';

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
      title="Restored what you had begun"
      icon={<IconHistory aria-hidden />}
    >
      <Group justify="space-between" gap="sm">
        <span>This form was left at {formatTime(at)}, before the page was loaded again.</span>
        <Group gap="xs">
          <Button size="xs" onClick={() => forgetFound(name)}>
            Go on with it
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              onDiscard();
              forgetFound(name);
            }}
          >
            Start over
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}
