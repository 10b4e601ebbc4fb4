import { Button, Select } from '@mantine/core';
import { IconDownload, IconListDetails, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { QUEUE_STATES, type QueueState } from '../../engine/contract/dto/queues.ts';
import { call, go, useCall } from '../state/index.ts';
import {
  attempt,
  EmptyState,
  ErrorState,
  LoadingRows,
  MarkSelect,
  markFilterOf,
  notifyExport,
  Page,
  Panel,
  plural,
  titleOf,
} from '../ui/index.ts';
import { JobTable } from './job-table.tsx';
import { ViewSwitch } from './view-switch.tsx';

const STATES = QUEUE_STATES.map((state) => ({ value: state, label: titleOf(state) }));

/** Every job there is, in whatever state. */
export function JobsView() {
  const [state, setState] = useState<QueueState | null>(null);
  const [busy, setBusy] = useState(false);
  const [mark, setMark] = useState<string | null>(null);
  const filter = useMemo(
    () => ({ ...(state === null ? {} : { state }), ...markFilterOf(mark) }),
    [state, mark],
  );
  const { data: jobs, error, refresh } = useCall('jobs.list', filter);

  const clear = () => {
    setState(null);
    setMark(null);
  };
  const write = async () => {
    setBusy(true);
    const written = await attempt(() => call('jobs.export', filter));
    setBusy(false);
    if (written !== undefined) notifyExport(plural(written.jobs, 'job'), written.file);
  };

  return (
    <Page
      title="Training History"
      subtitle="Every job, whatever became of it: how far it came, how long it took, and what is left of its models."
      actions={
        <>
          <ViewSwitch view="jobs" />
          <Select
            aria-label="State"
            placeholder="Every state"
            data={STATES}
            value={state}
            onChange={(chosen) => setState(chosen as QueueState | null)}
            clearable
            w="11rem"
          />
          <MarkSelect value={mark} onChange={setMark} w="11rem" />
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={(jobs ?? []).length === 0}
            loading={busy}
            onClick={() => void write()}
          >
            Export Results
          </Button>
        </>
      }
    >
      <Panel title="Jobs" note={jobs === undefined ? undefined : plural(jobs.length, 'job')} flush>
        {error !== undefined ? (
          <ErrorState error={error} retry={refresh} />
        ) : jobs === undefined ? (
          <LoadingRows rows={6} />
        ) : jobs.length === 0 ? (
          <NoJobs filtered={state !== null || mark !== null} onClear={clear} />
        ) : (
          <JobTable jobs={jobs} />
        )}
      </Panel>
    </Page>
  );
}

interface NoJobsProps {
  readonly filtered: boolean;
  onClear(): void;
}

function NoJobs({ filtered, onClear }: NoJobsProps) {
  return filtered ? (
    <EmptyState
      icon={<IconSearchOff size={28} aria-hidden />}
      title="No job is like this"
      action={
        <Button variant="default" onClick={onClear}>
          Show all jobs
        </Button>
      }
    >
      Choose another state or mark, or none.
    </EmptyState>
  ) : (
    <EmptyState
      icon={<IconListDetails size={28} aria-hidden />}
      title="Nothing has been asked for yet"
      action={<Button onClick={() => go('queue')}>Build a grid</Button>}
    >
      Every queue that is generated stands here as a job, whether it was trained, cancelled or still waits.
    </EmptyState>
  );
}
