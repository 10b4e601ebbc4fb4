import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { TrackingDto } from '../../engine/contract/dto/index.ts';
import { NOT_TRACKED, waitingText } from '../../engine/contract/tracking-text.ts';
import { call, useCall } from '../state/index.ts';
import { useZone } from '../state/zone.ts';
import { attempt, Badge, ErrorState, notify, type Tone } from '../ui/index.ts';
import { texts } from './texts.ts';

const STATES: Readonly<Record<TrackingDto['state'], { readonly tone: Tone; readonly text: string }>> = {
  off: { tone: 'neutral', text: texts.off },
  idle: { tone: 'gain', text: texts.upToDate },
  sending: { tone: 'running', text: texts.sending },
  down: { tone: 'loss', text: texts.notReached },
  elsewhere: { tone: 'neutral', text: texts.sentByAnotherProcess },
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
  const { tone, text } = isBehind ? { tone: 'neutral' as const, text: texts.behind } : STATES[data.state];
  const send = async () => {
    setSending(true);
    const sent = await attempt(() => call('tracking.send', {}));
    setSending(false);
    refresh();
    if (sent !== undefined)
      notify(texts.mLflowHasEverything, texts.uriExperiment({ uri: sent.uri, experiment: sent.experiment }));
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
          {texts.sendNow}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {texts.nothingWaits({ waits, lastSentAt: data.lastSentAt, problem: data.problem })}
      </Text>
      {data.refused.map(({ key, refusal }) => (
        <Text key={key} size="sm">
          {texts.notTaken({ key, refusal })}
        </Text>
      ))}
    </Stack>
  );
}
