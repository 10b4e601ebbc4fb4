import { Button, Paper } from '@mantine/core';
import { IconColumns3, IconListDetails, IconSearchOff } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { MOST_COMPARED } from '../../engine/contract/api/compare.ts';
import type { HistorySort } from '../../engine/contract/api/results.ts';
import type { RunDto } from '../../engine/contract/dto/index.ts';
import { call, go, useModelTitle, useQueues, useUi } from '../state/index.ts';
import { zoneAsked } from '../state/zone.ts';
import { ColumnMenu, DataTable, ExportButton, pressed, type TableFile, ViewsMenu } from '../table/index.ts';
import {
  configurationText,
  EmptyState,
  ErrorState,
  LoadingRows,
  notify,
  Page,
  Panel,
  StatusBadge,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { RUN_COLUMN_CHOICE, RUN_COLUMNS } from './columns.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { type Filters, isFiltered, NO_FILTERS, toFilter } from './filters.ts';
import classes from './history.module.css';
import { useRowContext } from './row-context.ts';
import { RunDrawer } from './run-drawer.tsx';
import { runAt } from './run-window.ts';
import { texts } from './texts.ts';
import { useAddressState } from './use-address-state.ts';
import { type HistoryQuery, useRunWindow } from './use-run-window.ts';
import { type HistoryState, stateParams, viewParams, viewQuery } from './view-state.ts';
import { ViewSwitch } from './view-switch.tsx';

/** Every training run there ever was: search, details, comparison, export. */
export function RunsView() {
  const params = useUi((ui) => ui.params);
  const opened = params.run;
  const state = useAddressState(params);
  const { filters, sort, descending } = state;
  const remembered = RUN_COLUMN_CHOICE.useChoice((choice) => choice.chosen);
  const chosen = state.columns ?? remembered;
  const columns = useMemo(() => RUN_COLUMN_CHOICE.shown(chosen), [chosen]);
  const context = useRowContext();
  const [active, setActive] = useState(0);
  const [compared, setCompared] = useState<readonly number[]>([]);
  const filter = useMemo(() => toFilter(filters), [filters]);
  const query = useMemo(
    () => ({ filter, sort, descending, limit: filters.limit === '' ? undefined : filters.limit }),
    [filter, sort, descending, filters.limit],
  );
  const { window, isStale, error, show, refresh } = useRunWindow(query);
  const activeRun = runAt(window, active);
  const rowAt = useCallback((index: number) => runAt(window, index), [window]);

  const open = useCallback((run: RunDto) => go('history', { ...params, run: String(run.id) }), [params]);
  const compare = useCallback((run: RunDto) => {
    setCompared((runs) => {
      if (runs.includes(run.id)) return runs.filter((id) => id !== run.id);
      if (runs.length < MOST_COMPARED) return [...runs, run.id];
      notify(texts.upToRunsCan({ mostCompared: MOST_COMPARED }), texts.takeOneOutOfComparison);
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
    (next: string) => {
      const order = pressed({ sort, descending }, next);
      ask({ sort: order.sort as HistorySort, descending: order.descending });
    },
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
    RUN_COLUMN_CHOICE.choose(columns);
    ask({ columns });
  };
  const ticks = useMemo(() => {
    const those = new Set(compared);
    return {
      title: texts.compare,
      has: (run: RunDto) => those.has(run.id),
      label: (run: RunDto) => texts.compareRun({ id: run.id }),
      onTick: compare,
    };
  }, [compared, compare]);
  const keys = columns.map(({ key }) => key);

  return (
    <Page
      title={texts.trainingHistory}
      subtitle={texts.everyRun}
      actions={
        <RunActions
          query={query}
          columns={keys}
          total={window.total ?? 0}
          compared={compared.length}
          onCompare={() => go('history', { compare: compared.join('|') })}
          onDetails={activeRun === undefined ? undefined : () => open(activeRun)}
        />
      }
    >
      <Paper p="md">
        <FilterPanel asked={filters} onSearch={search} />
      </Paper>
      <Panel
        title={texts.runs}
        note={window.total === undefined ? undefined : texts.countOfRuns({ runs: window.total })}
        actions={
          <div>
            {compared.length === 0 ? null : (
              <Button size="xs" variant="subtle" color="gray" onClick={() => setCompared([])}>
                {texts.untickAll}
              </Button>
            )}
            <ViewsMenu
              table="history"
              query={viewQuery(state, keys)}
              onOpen={(saved) => go('history', viewParams(saved))}
            />
            <ColumnMenu
              of={texts.history}
              all={RUN_COLUMNS}
              columns={columns}
              chosen={chosen}
              onChoose={chooseColumns}
            />
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
          <DataTable
            label={texts.trainingRuns}
            columns={columns}
            context={context}
            total={window.total}
            rowAt={rowAt}
            isStale={isStale}
            query={query}
            sort={sort}
            descending={descending}
            active={active}
            ticks={ticks}
            onSort={sortBy}
            onActive={setActive}
            onOpen={open}
            onShow={show}
          />
        )}
      </Panel>
      <RunDrawer run={opened} onClose={() => go('history', stateParams(state))} />
    </Page>
  );
}

interface RunActionsProps {
  readonly query: HistoryQuery;
  /** Keys of the columns that are shown. */
  readonly columns: readonly string[];
  readonly total: number;
  /** How many runs are ticked. */
  readonly compared: number;
  onCompare(): void;
  /** Undefined: no run has the focus. */
  readonly onDetails: (() => void) | undefined;
}

/** What can be done with the runs that are listed. */
function RunActions({ query, columns, total, compared, onCompare, onDetails }: RunActionsProps) {
  const write = async (file: TableFile) => {
    const { filter, limit, ...order } = query;
    const written = await call('history.export', {
      ...filter,
      ...order,
      ...(limit === undefined ? {} : { limit }),
      ...zoneAsked(),
      ...file,
    });
    // Says where a limit has cut the list.
    const cut = written.runs === limit ? texts.limitOf({ limit }) : '';
    return { what: texts.countOfRuns({ runs: written.runs }) + cut, file: written.file };
  };

  return (
    <>
      <ViewSwitch view="runs" />
      <Button
        variant="default"
        leftSection={<IconColumns3 size={16} aria-hidden />}
        disabled={compared < 2}
        title={compared < 2 ? texts.tickTwoToRunsFirst({ mostCompared: MOST_COMPARED }) : undefined}
        onClick={onCompare}
      >
        {texts.compareCompared({ compared: compared === 0 ? '' : ` (${compared})` })}
      </Button>
      <ExportButton
        columns={columns}
        suggestedName="training_history.csv"
        hasDialects
        write={write}
        disabled={total === 0}
      />
      <Button
        leftSection={<IconListDetails size={16} aria-hidden />}
        disabled={onDetails === undefined}
        onClick={onDetails}
      >
        {texts.viewDetails}
      </Button>
    </>
  );
}

/** What is in training at this moment; it joins the table when its result is permanent. */
function TrainingNow() {
  const threads = useQueues((queues) => queues.threads);
  const modelTitle = useModelTitle();
  const training = [...threads.values()].flat();
  if (training.length === 0) return null;
  return (
    <ul className={classes.training} aria-label={texts.inTraining}>
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
      <EmptyState
        icon={<IconListDetails size={28} aria-hidden />}
        title={texts.firstModelsAreInTraining}
        action={<Button onClick={() => go('queue')}>{texts.watchTraining}</Button>}
      >
        {texts.eachRunAppearsHere}
      </EmptyState>
    );
  }
  return filtered ? (
    <EmptyState
      icon={<IconSearchOff size={28} aria-hidden />}
      title={texts.noRunMatchesTheseFilters}
      action={
        <Button variant="default" onClick={onClear}>
          {texts.clearFilters}
        </Button>
      }
    >
      {texts.widenDates}
    </EmptyState>
  ) : (
    <EmptyState
      icon={<IconListDetails size={28} aria-hidden />}
      title={texts.nothingHasBeenTrainedYet}
      action={<Button onClick={() => go('queue')}>{common.buildGrid}</Button>}
    >
      {texts.everyConfigurationThatIsTrained}
    </EmptyState>
  );
}
