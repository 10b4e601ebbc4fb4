import { Button, Menu, NumberInput, Popover } from '@mantine/core';
import {
  IconDotsVertical,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconRowInsertBottom,
  IconScale,
  IconSortDescendingNumbers,
  IconTrash,
  IconZoomScan,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { QueueDto } from '../../engine/contract/dto/index.ts';
import { go, isActive } from '../state/index.ts';
import { searchHash } from '../state/search-link.ts';
import { validateHash } from '../state/validate-link.ts';
import {
  attempt,
  ConfirmButton,
  ConfirmDialog,
  GLOSSARY,
  jobWords,
  keepsModels,
  plural,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import {
  cancelQueue,
  pauseQueue,
  removeQueue,
  resumeQueue,
  retryQueue,
  setPriority,
  startQueue,
} from './actions.ts';
import { loadDraft } from './draft.ts';
import { GoOn } from './go-on.tsx';
import { texts } from './texts/jobs.ts';
import { startWord } from './waiting-text.ts';

function resultsStay({ kind, completed }: QueueDto): string {
  return keepsModels(kind) ? texts.resultSoFar({ completed }) : texts.foldSoFarStays({ completed });
}

/** What can be done to a queue in its present state; the main thing first. */
export function QueueControls({ queue }: { readonly queue: QueueDto }) {
  const { id, state } = queue;
  const words = jobWords(queue.kind);
  const [busy, setBusy] = useState(false);
  // What is stored of a grid may be unreadable; nothing more is done of it then.
  const isReadable = queue.grid !== null || queue.kind !== 'grid';
  const run = (action: (queueId: number) => Promise<void>) => async () => {
    setBusy(true);
    await action(id);
    setBusy(false);
  };
  return (
    <>
      {state === 'pending' ? (
        <Button
          loading={busy}
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={run(startQueue)}
        >
          {startWord(queue.kind)}
        </Button>
      ) : null}
      {state === 'running' || state === 'pausing' ? (
        <Button
          variant="default"
          loading={busy}
          disabled={state === 'pausing'}
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={run(pauseQueue)}
        >
          {state === 'pausing' ? texts.pausing : texts.pause}
        </Button>
      ) : null}
      {isReadable && (state === 'paused' || state === 'crashed' || state === 'failed') ? (
        <Button
          loading={busy}
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={run(resumeQueue)}
        >
          {texts.resume}
        </Button>
      ) : null}
      {state === 'awaiting_confirmation' ? <GoOn queue={queue} /> : null}
      {queue.failed > 0 && isReadable && !isActive(queue) ? (
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={run(retryQueue)}
        >
          {texts.retryFailed}
        </Button>
      ) : null}
      {state === 'running' ||
      state === 'pausing' ||
      state === 'paused' ||
      state === 'crashed' ||
      state === 'pending' ? (
        <ConfirmButton
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          question={texts.cancelName({ name: queue.name })}
          consequence={texts.willNotBe({
            pending: plural(queue.pending, words.cell),
            past: words.past,
            resultsStay: resultsStay(queue),
          })}
          confirm={texts.cancelQueue}
          keep={texts.keepQueue}
          onConfirm={run(cancelQueue)}
        >
          {queue.kind === 'search' && state === 'running' ? texts.cancelAfterCurrentTrial : common.cancel}
        </ConfirmButton>
      ) : null}
      {state === 'pending' ? <Priority queue={queue} /> : null}
      {isActive(queue) ? null : <MoreMenu queue={queue} />}
    </>
  );
}

/** Order among waiting queues. */
function Priority({ queue }: { readonly queue: QueueDto }) {
  const [value, setValue] = useState<number | string>(queue.priority);
  const [opened, setOpened] = useState(false);
  const save = () => {
    setOpened(false);
    if (typeof value === 'number' && value !== queue.priority) void setPriority(queue.id, value);
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus withArrow shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconSortDescendingNumbers size={16} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {texts.priorityText({ priority: queue.priority })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <NumberInput
          label={texts.priority}
          description={GLOSSARY.priority.text}
          value={value}
          onChange={setValue}
          min={-1000}
          max={1000}
          allowDecimal={false}
          onKeyDown={(event) => event.key === 'Enter' && save()}
        />
        <Button mt="sm" fullWidth onClick={save}>
          {texts.setPriority}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function MoreMenu({ queue }: { readonly queue: QueueDto }) {
  const [asked, setAsked] = useState(false);
  const build = (extending: number | null) =>
    attempt(async () => {
      loadDraft(queue.grid, extending);
      go('queue', { new: '1' });
    });
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label={texts.moreActions}>
            <IconDotsVertical size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {queue.grid === null ? null : (
            <>
              <Menu.Item
                leftSection={<IconRowInsertBottom size={16} aria-hidden />}
                onClick={() => build(queue.id)}
              >
                {texts.extendWithMoreConfigurations}
              </Menu.Item>
              <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => build(null)}>
                {texts.buildNewGridFromThis}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconScale size={16} aria-hidden />}
                component="a"
                href={validateHash({ kind: 'grid', queueId: queue.id })}
              >
                {texts.validateAsProcedure}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconZoomScan size={16} aria-hidden />}
                component="a"
                href={searchHash({ kind: 'grid', queueId: queue.id })}
              >
                {texts.searchHyperParametersThere}
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
          <Menu.Item
            color="var(--loss)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setAsked(true)}
          >
            {texts.removeFromList}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        question={texts.removeName({ name: queue.name })}
        consequence={keepsModels(queue.kind) ? texts.queueLeavesList : texts.jobLeavesList}
        confirm={texts.removeQueue}
        keep={texts.keepQueue}
        onConfirm={() => void removeQueue(queue.id)}
      />
    </>
  );
}
