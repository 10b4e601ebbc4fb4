import { Button, Switch } from '@mantine/core';
import { IconColumns3, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { MOST_COMPARED } from '../../engine/contract/api/compare.ts';
import { CHAMPION_CONDITIONS } from '../../engine/contract/champion-columns.ts';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { call, go, useCall, useMinTrades, useModelTitle, useRegimeTitle, useUi } from '../state/index.ts';
import { zoneAsked } from '../state/zone.ts';
import {
  ColumnMenu,
  ConditionField,
  conditionProblem,
  DataTable,
  ExportButton,
  pressed,
  type TableFile,
  ViewsMenu,
} from '../table/index.ts';
import {
  EmptyState,
  ErrorState,
  LoadingRows,
  MarkSelect,
  notify,
  Panel,
  useChampionTitle,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { CHAMPION_CHOICE, CHAMPION_TABLE } from './champion-columns.tsx';
import {
  type ChampionFilters,
  type ChampionState,
  championParams,
  championQuery,
  championViewParams,
  isChampionFiltered,
  NO_CHAMPION_FILTERS,
  readChampionState,
} from './champion-view.ts';
import classes from './evidence.module.css';
import { texts } from './texts.ts';

/** Every champion: columns, order and filters as the address says, each row leads to its page. */
export function ChampionTable() {
  const state = useAddressState();
  const remembered = CHAMPION_CHOICE.useChoice((choice) => choice.chosen);
  const chosen = state.columns ?? remembered;
  const columns = useMemo(() => CHAMPION_CHOICE.shown(chosen), [chosen]);
  const context = useChampionContext();
  const query = useMemo(() => championQuery(state), [state]);
  const { data, error, loading, refresh } = useCall('champions.list', query);
  const [active, setActive] = useState(0);
  const rowAt = useCallback((index: number) => data?.[index], [data]);
  const ask = (change: Partial<ChampionState>) => {
    go('evidence', championParams({ ...state, ...change }));
    setActive(0);
  };
  const open = useCallback(({ champion }: ChampionDto) => go('evidence', { champion }), []);
  const championTitle = useChampionTitle();
  const [compared, setCompared] = useState<readonly string[]>([]);
  const ticks = useMemo(
    () => ({
      title: texts.compare,
      has: ({ champion }: ChampionDto) => compared.includes(champion),
      label: ({ champion }: ChampionDto) => texts.compareChampion({ champion: championTitle(champion) }),
      onTick({ champion }: ChampionDto) {
        if (compared.includes(champion)) setCompared(compared.filter((one) => one !== champion));
        else if (compared.length < MOST_COMPARED) setCompared([...compared, champion]);
        else {
          notify(texts.upToChampionsCan({ mostCompared: MOST_COMPARED }), texts.takeOneOutOfComparison);
        }
      },
    }),
    [compared, championTitle],
  );
  const keys = columns.map(({ key }) => key);
  const write = async (file: TableFile) => {
    const { separator: _separator, decimal: _decimal, ...written } = file;
    const { champions, file: path } = await call('champions.export', {
      ...query,
      ...zoneAsked(),
      ...written,
    });
    return { what: texts.countOfChampions({ champions }), file: path };
  };
  return (
    <Panel
      title={common.champions}
      note={data === undefined ? undefined : texts.countOfChampions({ champions: data.length })}
      actions={
        <div className={classes.tools}>
          <ViewsMenu
            table="champions"
            query={{ ...(query as Record<string, string | boolean>), columns: keys.join(',') }}
            onOpen={(saved) => go('evidence', championViewParams(saved))}
          />
          <ColumnMenu
            of={texts.champions}
            all={CHAMPION_TABLE}
            columns={columns}
            chosen={chosen}
            onChoose={(next) => {
              CHAMPION_CHOICE.choose(next);
              ask({ columns: next });
            }}
          />
          <Button
            variant="default"
            leftSection={<IconColumns3 size={16} aria-hidden />}
            disabled={compared.length < 2}
            title={
              compared.length < 2 ? texts.tickTwoToChampionsFirst({ mostCompared: MOST_COMPARED }) : undefined
            }
            onClick={() => go('history', { compare: compared.join('|') })}
          >
            {texts.compareCompared({ compared: compared.length === 0 ? '' : ` (${compared.length})` })}
          </Button>
          <ExportButton
            columns={keys}
            suggestedName="champions.csv"
            hasDialects={false}
            write={write}
            disabled={(data?.length ?? 0) === 0}
          />
        </div>
      }
      flush
    >
      <FilterBar asked={state.filters} onSearch={(filters) => ask({ filters })} />
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={8} />
      ) : data.length === 0 ? (
        <Nothing
          filtered={isChampionFiltered(state.filters)}
          onClear={() => ask({ filters: NO_CHAMPION_FILTERS })}
        />
      ) : (
        <DataTable
          label={common.champions}
          columns={columns}
          context={context}
          total={data.length}
          rowAt={rowAt}
          isStale={loading}
          query={query}
          sort={state.sort}
          descending={state.descending}
          active={active}
          isShort
          ticks={ticks}
          onSort={(sort) => ask(pressed(state, sort))}
          onActive={setActive}
          onOpen={open}
        />
      )}
    </Panel>
  );
}

/** The same object as long as the address says the same. */
function useAddressState(): ChampionState {
  const params = useUi((ui) => ui.params);
  const said = JSON.stringify(championParams(readChampionState(params)));
  return useMemo(() => readChampionState(JSON.parse(said) as Record<string, string>), [said]);
}

function useChampionContext() {
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  const minTrades = useMinTrades();
  return useMemo(() => ({ modelTitle, regimeTitle, minTrades }), [modelTitle, regimeTitle, minTrades]);
}

interface FilterBarProps {
  readonly asked: ChampionFilters;
  onSearch(filters: ChampionFilters): void;
}

/** Conditions are asked when Enter or Search says so; a mark or switch at once. */
function FilterBar({ asked, onSearch }: FilterBarProps) {
  const [conditions, setConditions] = useState(asked.conditions);
  useEffect(() => setConditions(asked.conditions), [asked.conditions]);
  const problem = conditionProblem(conditions, CHAMPION_CONDITIONS);
  const search = (change: Partial<ChampionFilters>) => onSearch({ ...asked, conditions, ...change });
  return (
    <form
      className={classes.filters}
      aria-label={texts.filtersOfChampions}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) search({});
      }}
    >
      <ConditionField
        columns={CHAMPION_CONDITIONS}
        className={classes.conditions}
        placeholder={texts.verdictStrongSuggestiveTrades50}
        value={conditions}
        error={problem}
        onChange={setConditions}
      />
      <MarkSelect label={common.marks} value={asked.mark} onChange={(mark) => search({ mark })} />
      <Switch
        label={texts.hideDemoMarkets}
        checked={asked.hideDemo}
        onChange={({ currentTarget }) => search({ hideDemo: currentTarget.checked })}
      />
      <Button
        variant="default"
        disabled={!isChampionFiltered({ ...asked, conditions })}
        onClick={() => {
          setConditions('');
          onSearch(NO_CHAMPION_FILTERS);
        }}
      >
        {texts.clearFilters}
      </Button>
      <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
        {texts.searchNow}
      </Button>
    </form>
  );
}

function Nothing({ filtered, onClear }: { readonly filtered: boolean; onClear(): void }) {
  if (!filtered) return <p className={classes.nothing}>{texts.noChampion}</p>;
  return (
    <EmptyState
      icon={<IconSearchOff size={28} aria-hidden />}
      title={texts.noChampionIsLikeThat}
      action={
        <Button variant="default" onClick={onClear}>
          {texts.clearFilters}
        </Button>
      }
    >
      {texts.askForLess}
    </EmptyState>
  );
}
