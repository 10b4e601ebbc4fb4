import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { LostResultsDto, RestoredResultsDto } from '../../engine/contract/dto/index.ts';
import { call } from '../state/index.ts';
import { attempt, formatTime, notify, plural } from '../ui/index.ts';

/** What a restore could not bring back; the places that show models offer to compute it. */
function tellRestored(restored: readonly RestoredResultsDto[]): void {
  for (const { name, note } of restored) if (note !== null) notify(`${name} is back`, note);
}

/** Asks what becomes of results that checkpoints hold and the database lost; calls back when nothing is left to decide. */
export function LostResultsDialog({ onDecided }: { readonly onDecided: () => void }) {
  const [lost, setLost] = useState<readonly LostResultsDto[]>([]);
  const [busy, setBusy] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, after the start
  useEffect(() => {
    void attempt(() => call('recovery.lost', {})).then((found) => {
      setLost(found ?? []);
      if (found === undefined || found.length === 0) onDecided();
    });
  }, []);

  const decide = async (method: 'recovery.restore' | 'recovery.decline', checkpoint: string) => {
    setBusy(checkpoint);
    const left = await attempt(async () => {
      if (method === 'recovery.restore') tellRestored(await call(method, { checkpoint }));
      else await call(method, { checkpoint });
      return call('recovery.lost', {});
    });
    setBusy(null);
    if (left === undefined) return;
    setLost(left);
    if (left.length === 0) onDecided();
  };

  return (
    <Modal
      opened={lost.length > 0}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
      title="Results are missing"
    >
      <Text size="sm" c="dimmed">
        The database lacks results that checkpoints hold: it was damaged or cut, or is an older copy. Nothing
        is trained or removed until you decide.
      </Text>
      <Stack gap="md" mt="md">
        {lost.map(({ checkpoint, name, results, missing, createdAt, unreadable }) => (
          <section key={checkpoint} aria-label={name}>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {plural(missing, 'result')} missing of the {results} in {checkpoint}, written{' '}
              {formatTime(createdAt)}
            </Text>
            {unreadable.length > 0 && (
              <Text size="sm" c="dimmed">
                Newer, but damaged: {unreadable.join(', ')}
              </Text>
            )}
            <Group mt="xs">
              <Button
                leftSection={<IconRestore size={16} aria-hidden />}
                loading={busy === checkpoint}
                disabled={busy !== null}
                onClick={() => decide('recovery.restore', checkpoint)}
                aria-label={lost.length > 1 ? `Restore ${name}` : undefined}
                data-autofocus={checkpoint === lost[0]?.checkpoint ? true : undefined}
              >
                Restore
              </Button>
              <Button
                variant="default"
                disabled={busy !== null}
                onClick={() => decide('recovery.decline', checkpoint)}
                aria-label={lost.length > 1 ? `Go on without the results of ${name}` : undefined}
              >
                Go on without
              </Button>
            </Group>
          </section>
        ))}
      </Stack>
    </Modal>
  );
}
