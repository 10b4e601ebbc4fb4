import { expect, it } from 'vitest';
import type { Engine } from '../../engine/app.ts';
import type { FeedLineDto } from '../../engine/contract/dto/index.ts';
import { followQueue } from './follow.ts';
import type { Output } from './output.ts';

type Listener = Parameters<Engine['subscribe']>[0];

const line = (message: string, more: Partial<FeedLineDto> = {}): FeedLineDto => ({
  at: '2026-01-05T00:00:00.000Z',
  level: 'warn',
  queueId: null,
  topic: 'job',
  message,
  ...more,
});

it('says of no queue what keeps it from going on, and nothing of models that others look at', async () => {
  const said: string[] = [];
  let listener: Listener = () => undefined;
  const engine = {
    subscribe(to: Listener) {
      listener = to;
      return () => undefined;
    },
    async call() {
      for (const one of [
        line('Nothing can be trained now. No worker is connected.'),
        line('Workers train again.', { level: 'info' }),
        line('Somebody opened a holdout.', { level: 'info', topic: 'model' }),
      ])
        listener({ type: 'feed', line: one });
      return {};
    },
  } as unknown as Engine;
  const output = {
    log: (text: string) => said.push(text),
    progress: () => undefined,
    note: () => undefined,
    onReaderGone: () => () => undefined,
  } as unknown as Output;
  await followQueue(engine, async () => ({ id: 1, kind: 'grid' }) as never, output);
  expect(said).toEqual(['Nothing can be trained now. No worker is connected.', 'Workers train again.']);
});
