import { Button, Select } from '@mantine/core';
import { IconDownload, IconListDetails, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { QUEUE_STATES } from '../../engine/contract/dto/queues.ts';
import { call, go, useCall, useUi } from '../state/index.ts';
import { ColumnMenu, readColumns } from '../table/index.ts';
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
  titleOf,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { JOB_COLUMN_CHOICE, JOB_COLUMN_KEYS, JOB_COLUMNS, JobTable, shownColumns } from './job-table.tsx';
import { texts } from './texts.ts';
import { ViewSwitch } from './view-switch.tsx';

const STATES = QUEUE_STATES.map((state) => ({ value: state, label: titleOf(state) }));

/** Every job there is, in whatever state. */
export function JobsView() {
  const params = useUi((ui) => ui.params);
  const state = QUEUE_STATES.find((one) => one === params.state) ?? null;
  const mark = params.mark ?? null;
  const [busy, setBusy] = useState(false);
  const filter = useMemo(
    () => ({ ...(state === null ? {} : { state }), ...markFilterOf(mark) }),
    [state, mark],
  );
  const { data: jobs, error, refresh } = useCall('jobs.list', filter);
  const remembered = JOB_COLUMN_CHOICE.useChoice((choice) => choice.chosen);
  const chosen = useMemo(
    () => readColumns(params.shown, JOB_COLUMN_KEYS) ?? remembered,
    [params.shown, remembered],
  );
  const columns = useMemo(() => shownColumns(jobs ?? [], chosen), [jobs, chosen]);

  /** As the address says it: a link shows the same. */
  const ask = (change: Readonly<Record<string, string | null | undefined>>) => {
    const all = { ...params, view: 'jobs', ...change };
    const said = Object.entries(all).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, value]],
    );
    go('history', Object.fromEntries(said));
  };
  const chooseColumns = (keys: readonly string[] | undefined) => {
    JOB_COLUMN_CHOICE.choose(keys);
    ask({ shown: keys?.join(',') });
  };
  const write = async () => {
    setBusy(true);
    const written = await attempt(() => call('jobs.export', filter));
    setBusy(false);
    if (written !== undefined) notifyExport(texts.countOfJobs({ jobs: written.jobs }), written.file);
  };

  return (
    <Page
      title={texts.trainingHistory}
      subtitle={texts.everyJob}
      actions={
        <>
          <ViewSwitch view="jobs" />
          <Select
            aria-label={common.state}
            placeholder={texts.everyState}
            data={STATES}
            value={state}
            onChange={(next) => ask({ state: next })}
            clearable
            w="11rem"
          />
          <MarkSelect value={mark} onChange={(next) => ask({ mark: next })} w="11rem" />
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={(jobs ?? []).length === 0}
            loading={busy}
            onClick={() => void write()}
          >
            {texts.exportResults}
          </Button>
        </>
      }
    >
      <Panel
        title={texts.jobs}
        note={jobs === undefined ? undefined : texts.countOfJobs({ jobs: jobs.length })}
        actions={
          <ColumnMenu
            of={texts.listOfJobs}
            all={JOB_COLUMNS}
            columns={columns.map(({ key, title }) => ({ key, header: title }))}
            chosen={chosen}
            onChoose={chooseColumns}
          />
        }
        flush
      >
        {error !== undefined ? (
          <ErrorState error={error} retry={refresh} />
        ) : jobs === undefined ? (
          <LoadingRows rows={6} />
        ) : jobs.length === 0 ? (
          <NoJobs
            filtered={state !== null || mark !== null}
            onClear={() => ask({ state: null, mark: null })}
          />
        ) : (
          <JobTable jobs={jobs} columns={columns} />
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
      title={texts.noJobIsLikeThis}
      action={
        <Button variant="default" onClick={onClear}>
          {texts.showAllJobs}
        </Button>
      }
    >
      {texts.chooseAnotherStateOrMark}
    </EmptyState>
  ) : (
    <EmptyState
      icon={<IconListDetails size={28} aria-hidden />}
      title={texts.nothingHasBeenAsked}
      action={<Button onClick={() => go('queue')}>{common.buildGrid}</Button>}
    >
      {texts.everyQueueThatIsGenerated}
    </EmptyState>
  );
}
