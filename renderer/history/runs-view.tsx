import { Button, Paper } from '@mantine/core';
import { IconColumns3, IconListDetails, IconSearchOff } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { HistorySort } from '../../engine/contract/api/results.ts';
import type { RunDto } from '../../engine/contract/dto/index.ts';
import { go, useModelTitle, useQueues, useUi } from '../state/index.ts';
import {
  configurationText,
  EmptyState,
  ErrorState,
  LoadingRows,
  notify,
  Page,
  Panel,
  plural,
  StatusBadge,
} from '../ui/index.ts';
import { ColumnMenu } from './column-menu.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { ExportButton } from './export-button.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { type Filters, isFiltered, NO_FILTERS, toFilter } from './filters.ts';
import classes from './history.module.css';
import { RunDrawer } from './run-drawer.tsx';
import { RunTable } from './run-table.tsx';
import { runAt } from './run-window.ts';
import { useRunWindow } from './use-run-window.ts';
import { ViewSwitch } from './view-switch.tsx';

const MOST_COMPARED = 4;

/** Every training run there ever was: search, details, comparison, export. */
export function RunsView() {
  const opened = useUi((ui) => ui.params.run);
  const [filters, setFilters] = useState(NO_FILTERS);
  const [cleared, setCleared] = useState(0);
  const [order, setOrder] = useState<{ sort: HistorySort; descending: boolean }>({
    sort: 'id',
    descending: true,
  });
  const [active, setActive] = useState(0);
  const [compared, setCompared] = useState<readonly number[]>([]);
  const [comparing, setComparing] = useState(false);
  const filter = useMemo(() => toFilter(filters), [filters]);
  const query = useMemo(
    () => ({ filter, ...order, limit: filters.limit === '' ? undefined : filters.limit }),
    [filter, order, filters.limit],
  );
  const { window, isStale, error, show, refresh } = useRunWindow(query);
  const activeRun = runAt(window, active);

  const open = useCallback((run: RunDto) => go('history', { run: String(run.id) }), []);
  const compare = useCallback((run: RunDto) => {
    setCompared((runs) => {
      if (runs.includes(run.id)) return runs.filter((id) => id !== run.id);
      if (runs.length < MOST_COMPARED) return [...runs, run.id];
      notify(`Up to ${MOST_COMPARED} runs can be compared`, 'Take one out of the comparison first.');
      return runs;
    });
  }, []);
  const sortBy = useCallback((sort: HistorySort) => {
    setOrder((before) => ({ sort, descending: before.sort === sort ? !before.descending : true }));
    setActive(0);
  }, []);
  const search = useCallback(
    (next: Filters) => {
      setFilters(next);
      setActive(0);
      refresh();
    },
    [refresh],
  );
  const clear = () => {
    setFilters(NO_FILTERS);
    setCleared((n) => n + 1);
  };
  const comparedSet = useMemo(() => new Set(compared), [compared]);

  return (
    <Page
      title="Training History"
      subtitle="Every run, kept or not: what was trained, how it did, and why its model was kept or deleted."
      actions={
        <>
          <ViewSwitch view="runs" />
          <Button
            variant="default"
            leftSection={<IconColumns3 size={16} aria-hidden />}
            disabled={compared.length < 2}
            title={compared.length < 2 ? 'Tick two to four runs first' : undefined}
            onClick={() => setComparing(true)}
          >
            Compare{compared.length === 0 ? '' : ` (${compared.length})`}
          </Button>
          <ExportButton query={query} disabled={(window.total ?? 0) === 0} />
          <Button
            leftSection={<IconListDetails size={16} aria-hidden />}
            disabled={activeRun === undefined}
            onClick={() => activeRun !== undefined && open(activeRun)}
          >
            View Details
          </Button>
        </>
      }
    >
      <Paper p="md">
        <FilterPanel key={cleared} onSearch={search} />
      </Paper>
      <Panel
        title="Runs"
        note={window.total === undefined ? undefined : plural(window.total, 'run')}
        actions={
          <div>
            {compared.length === 0 ? null : (
              <Button size="xs" variant="subtle" color="gray" onClick={() => setCompared([])}>
                Untick all
              </Button>
            )}
            <ColumnMenu />
          </div>
        }
        flush
      >
        <TrainingNow />
        {error !== undefined ? (
          <ErrorState error={error} retry={refresh} />
        ) : window.total === undefined ? (
          <LoadingRows rows={10} />
        ) : window.total === 0 ? (
          <NothingFound filtered={isFiltered(filters)} onClear={clear} />
        ) : (
          <RunTable
            window={window}
            isStale={isStale}
            query={query}
            active={active}
            compared={comparedSet}
            onSort={sortBy}
            onActive={setActive}
            onOpen={open}
            onCompare={compare}
            onShow={show}
          />
        )}
      </Panel>
      <RunDrawer run={opened} onClose={() => go('history')} />
      <CompareDialog runs={compared} opened={comparing} onClose={() => setComparing(false)} />
    </Page>
  );
}

/** What is in training at this moment; it joins the table when its result is permanent. */
function TrainingNow() {
  const threads = useQueues((queues) => queues.threads);
  const modelTitle = useModelTitle();
  const training = [...threads.values()].flat();
  if (training.length === 0) return null;
  return (
    <ul className={classes.training} aria-label="In training">
      {training.map((configuration) => {
        const { subject, rest } = configurationText(configuration, modelTitle);
        return (
          <li key={JSON.stringify(configuration)}>
            <StatusBadge status="running" /> {subject}, {rest}
          </li>
        );
      })}
    </ul>
  );
}

function NothingFound({ filtered, onClear }: { readonly filtered: boolean; onClear(): void }) {
  const isTraining = useQueues(({ threads }) => threads.size > 0);
  if (isTraining && !filtered) {
    return (
      <EmptyState icon={<IconListDetails size={28} aria-hidden />} title="The first models are in training">
        Each run appears here as soon as it is trained and tested.
      </EmptyState>
    );
  }
  return filtered ? (
    <EmptyState
      icon={<IconSearchOff size={28} aria-hidden />}
      title="No run matches these filters"
      action={
        <Button variant="default" onClick={onClear}>
          Clear Filters
        </Button>
      }
    >
      Widen the dates, or leave a field empty.
    </EmptyState>
  ) : (
    <EmptyState
      icon={<IconListDetails size={28} aria-hidden />}
      title="Nothing has been trained yet"
      action={<Button onClick={() => go('queue')}>Build a grid</Button>}
    >
      Every configuration that is trained leaves a run here, whether its model was kept or not.
    </EmptyState>
  );
}
