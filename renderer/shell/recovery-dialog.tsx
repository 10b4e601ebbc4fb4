import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { RecoveryDto } from '../../engine/contract/dto/index.ts';
import { call, go, loadQueues, showAnswer } from '../state/index.ts';
import { attempt, formatProgress } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { LostResultsDialog } from './lost-results-dialog.tsx';
import { texts } from './texts.ts';
import { tellResumed } from './use-notices.ts';

/**
 * Shown once after the start, or after a backup took the workspace's place. First, where the database lost results that checkpoints hold: nothing else goes on before that is decided.
 * Then, when a crash interrupted queues: goes on with them, or leaves that for later.
 */
export function RecoveryDialog() {
  const [isDecided, setDecided] = useState(false);
  return isDecided ? <InterruptedDialog /> : <LostResultsDialog onDecided={() => setDecided(true)} />;
}

function InterruptedDialog() {
  const [crashed, setCrashed] = useState<readonly RecoveryDto[]>([]);
  const [opened, setOpened] = useState(false);
  const [busy, setBusy] = useState<number | null>(null);

  useEffect(() => {
    void attempt(async () => {
      const found = await call('recovery.list', {});
      for (const queue of found) if (queue.resumed) tellResumed(queue.queueId, queue.name);
      const left = found.filter(({ resumed }) => !resumed);
      setCrashed(left);
      setOpened(left.length > 0);
    });
  }, []);

  const resume = async (queueId: number) => {
    setBusy(queueId);
    const queue = await attempt(() => showAnswer(() => call('recovery.resume', { queueId })));
    setBusy(null);
    if (queue === undefined) return;
    const left = crashed.filter((queue) => queue.queueId !== queueId);
    setCrashed(left);
    if (left.length === 0) setOpened(false);
    go('queue', { queue: String(queueId) });
  };

  const close = async () => {
    setOpened(false);
    await attempt(async () => {
      for (const { queueId } of crashed) await call('recovery.dismiss', { queueId });
      await loadQueues();
    });
  };

  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={texts.trainingWasInterrupted}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Text size="sm" c="dimmed">
        {texts.regimenDidNotShutDown}
      </Text>
      <Stack gap="md" mt="md">
        {crashed.map((queue) => (
          <section key={queue.queueId} aria-label={queue.name}>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <div style={{ minWidth: 0 }}>
                <Text fw={600} style={{ overflowWrap: 'anywhere' }} title={queue.name}>
                  {queue.name}
                </Text>
                <Text size="sm" c="dimmed">
                  {texts.doneModelRemainingInterrupted({
                    progress: formatProgress(queue.progress),
                    models: queue.remaining,
                    crashedAt: queue.crashedAt,
                  })}
                </Text>
              </div>
              <Button
                flex="none"
                leftSection={<IconPlayerPlay size={16} aria-hidden />}
                loading={busy === queue.queueId}
                onClick={() => resume(queue.queueId)}
                aria-label={crashed.length > 1 ? texts.resumeName({ name: queue.name }) : undefined}
                data-autofocus={queue === crashed[0] ? true : undefined}
              >
                {texts.resume}
              </Button>
            </Group>
            <Progress
              value={queue.progress * 100}
              mt="xs"
              aria-label={texts.progressOf({ name: queue.name })}
            />
            <Text size="sm" mt="xs">
              {queue.recommendation}
            </Text>
          </section>
        ))}
      </Stack>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          {common.close}
        </Button>
      </Group>
    </Modal>
  );
}
