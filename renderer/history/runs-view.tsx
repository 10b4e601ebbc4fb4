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
import { chooseColumns as rememberColumns, shownColumns, useColumnChoice } from './column-choice.ts';
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
import { type HistoryState, readState, stateParams } from './view-state.ts';
import { ViewSwitch } from './view-switch.tsx';

const MOST_COMPARED = 4;

/** Every training run there ever was: search, details, comparison, export. */
export function RunsView() {
  const params = useUi((ui) => ui.params);
  const opened = params.run;
  const state = useAddressState(params);
  const { filters, sort, descending } = state;
  const remembered = useColumnChoice((choice) => choice.chosen);
  const chosen = state.columns ?? remembered;
  const [active, setActive] = useState(0);
  const [compared, setCompared] = useState<readonly number[]>([]);
  const [comparing, setComparing] = useState(false);
  const filter = useMemo(() => toFilter(filters), [filters]);
  const query = useMemo(
    () => ({ filter, sort, descending, limit: filters.limit === '' ? undefined : filters.limit }),
    [filter, sort, descending, filters.limit],
  );
  const { window, isStale, error, show, refresh } = useRunWindow(query);
  const activeRun = runAt(window, active);

  const open = useCallback((run: RunDto) => go('history', { ...params, run: String(run.id) }), [params]);
  const compare = useCallback((run: RunDto) => {
    setCompared((runs) => {
      if (runs.includes(run.id)) return runs.filter((id) => id !== run.id);
      if (runs.length < MOST_COMPARED) return [...runs, run.id];
      notify(`Up to ${MOST_COMPARED} runs can be compared`, 'Take one out of the comparison first.');
      return runs;
    });
  }, []);
  const ask = useCallback(
    (change: Partial<HistoryState>) => {
      go('history', stateParams({ ...state, ...change }));
      setActive(0);
    },
    [state],
  );
  const sortBy = useCallback(
    (next: HistorySort) => ask({ sort: next, descending: sort === next ? !descending : true }),
    [ask, sort, descending],
  );
  const search = useCallback(
    (next: Filters) => {
      // The same question again: what it finds may have changed.
      if (JSON.stringify(next) === JSON.stringify(state.filters)) refresh();
      else ask({ filters: next });
    },
    [ask, refresh, state.filters],
  );
  const chooseColumns = (columns: readonly string[] | undefined) => {
    rememberColumns(columns);
    ask({ columns });
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
          <ExportButton
            query={query}
            columns={shownColumns(chosen).map(({ key }) => key)}
            disabled={(window.total ?? 0) === 0}
          />
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
        <FilterPanel asked={filters} onSearch={search} />
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
            <ColumnMenu chosen={chosen} onChoose={chooseColumns} />
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
          <NothingFound filtered={isFiltered(filters)} onClear={() => ask({ filters: NO_FILTERS })} />
        ) : (
          <RunTable
            window={window}
            isStale={isStale}
            query={query}
            chosen={chosen}
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
      <RunDrawer run={opened} onClose={() => go('history', stateParams(state))} />
      <CompareDialog runs={compared} opened={comparing} onClose={() => setComparing(false)} />
    </Page>
  );
}

/** As the address says it, and the same object as long as that says the same but for the run that is open. */
function useAddressState(params: Readonly<Record<string, string>>): HistoryState {
  const said = JSON.stringify(stateParams(readState(params)));
  return useMemo(() => readState(JSON.parse(said) as Record<string, string>), [said]);
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
