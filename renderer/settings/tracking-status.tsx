import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { TrackingDto } from '../../engine/contract/dto/index.ts';
import { NOT_TRACKED, waitingText } from '../../engine/contract/tracking-text.ts';
import { call, useCall } from '../state/index.ts';
import { useZone } from '../state/zone.ts';
import { attempt, Badge, ErrorState, formatTime, notify, type Tone } from '../ui/index.ts';

const STATES: Readonly<Record<TrackingDto['state'], { readonly tone: Tone; readonly text: string }>> = {
  off: { tone: 'neutral', text: 'Off' },
  idle: { tone: 'gain', text: 'Up to date' },
  sending: { tone: 'running', text: 'Sending' },
  down: { tone: 'loss', text: 'Not reached' },
  elsewhere: { tone: 'neutral', text: 'Sent by another process' },
};

/** How far an MLflow server is with what it is told of the workspace. */
export function TrackingStatus() {
  const { data, error, refresh } = useCall('tracking.status', {});
  // Drawn again when the zone is chosen above.
  useZone();
  const [sending, setSending] = useState(false);
  if (error !== undefined) return <ErrorState error={error} />;
  if (data === undefined) return null;
  if (data.uri === null) {
    return (
      <Text size="sm" c="dimmed">
        {NOT_TRACKED}
      </Text>
    );
  }
  const waits = waitingText(data.waiting);
  const isBehind = data.state === 'idle' && waits !== undefined;
  const { tone, text } = isBehind ? { tone: 'neutral' as const, text: 'Behind' } : STATES[data.state];
  const send = async () => {
    setSending(true);
    const sent = await attempt(() => call('tracking.send', {}));
    setSending(false);
    refresh();
    if (sent !== undefined) notify('MLflow has everything', `${sent.uri}, experiment ${sent.experiment}`);
  };
  return (
    <Stack gap="xs" mt="md">
      <Group gap="sm">
        <Badge tone={tone}>{text}</Badge>
        <Anchor href={data.uri} target="_blank" rel="noreferrer" size="sm">
          {data.uri}
        </Anchor>
        <Button
          size="compact-sm"
          variant="default"
          loading={sending}
          disabled={waits === undefined}
          onClick={() => void send()}
        >
          Send now
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {waits === undefined ? 'Nothing waits' : `Waits: ${waits}`}
        {data.lastSentAt === null ? '' : `; sent last at ${formatTime(data.lastSentAt)}`}.
        {data.problem === null ? '' : ` It says: ${data.problem}.`}
      </Text>
      {data.refused.map(({ key, refusal }) => (
        <Text key={key} size="sm">
          Not taken: {key}: {refusal}
        </Text>
      ))}
    </Stack>
  );
}
