import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { LostResultsDto, RestoredResultsDto } from '../../engine/contract/dto/index.ts';
import { call } from '../state/index.ts';
import { attempt, formatTime, notify } from '../ui/index.ts';
import { texts } from './texts.ts';

/** What a restore could not bring back; the places that show models offer to compute it. */
function tellRestored(restored: readonly RestoredResultsDto[]): void {
  for (const { name, note } of restored) if (note !== null) notify(texts.nameIsBack({ name }), note);
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
      title={texts.resultsAreMissing}
    >
      <Text size="sm" c="dimmed">
        {texts.databaseLacksResultsThatCheckpoints}
      </Text>
      <Stack gap="md" mt="md">
        {lost.map(({ checkpoint, name, results, missing, createdAt, unreadable }) => (
          <section key={checkpoint} aria-label={name}>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {texts.resultMissingOfInWritten({
                missing,
                results,
                checkpoint,
                createdAt: formatTime(createdAt),
              })}
            </Text>
            {unreadable.length > 0 && (
              <Text size="sm" c="dimmed">
                {texts.newerButDamaged({ unreadable: unreadable.join(', ') })}
              </Text>
            )}
            <Group mt="xs">
              <Button
                leftSection={<IconRestore size={16} aria-hidden />}
                loading={busy === checkpoint}
                disabled={busy !== null}
                onClick={() => decide('recovery.restore', checkpoint)}
                aria-label={lost.length > 1 ? texts.restoreName({ name }) : undefined}
                data-autofocus={checkpoint === lost[0]?.checkpoint ? true : undefined}
              >
                {texts.restore}
              </Button>
              <Button
                variant="default"
                disabled={busy !== null}
                onClick={() => decide('recovery.decline', checkpoint)}
                aria-label={lost.length > 1 ? texts.goOnWithoutResultsOf({ name }) : undefined}
              >
                {texts.goOnWithout}
              </Button>
            </Group>
          </section>
        ))}
      </Stack>
    </Modal>
  );
}
