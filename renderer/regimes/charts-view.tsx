import { Button, Paper } from '@mantine/core';
import { IconArrowLeft, IconChartHistogram } from '@tabler/icons-react';
import {
  barsHeight,
  DrawdownBars,
  HeatMap,
  ProfileRadar,
  RiskReturn,
  regimeColor,
  SharpeBars,
  WinRateBars,
} from '../charts/index.ts';
import {
  go,
  loadWorkspace,
  useCall,
  useMinTrades,
  useModelTitle,
  useRegimeTitle,
  useWorkspace,
} from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import {
  EmptyState,
  ErrorState,
  formatNumber,
  formatWithError,
  Gradually,
  LoadingRows,
  Page,
  Panel,
  Term,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { type BarTerm, regimeBars } from './bar-figures.ts';
import classes from './regimes.module.css';
import { activeNames, championLabel, type RegimeRow, regimeRows, type Scope } from './rows.ts';
import { ScopeFilter, type ScopeFilterProps } from './scope-filter.tsx';
import { texts } from './texts.ts';

/** How the champions of a scope compare: per regime, by profile, by model type, by risk. */
export function ChartsView({ scope, onScope }: ScopeFilterProps) {
  const regimes = useWorkspace((workspace) => workspace.regimes);
  const champions = useWorkspace((workspace) => workspace.champions);
  const error = useWorkspace((workspace) => workspace.error);
  return (
    <Page
      title={texts.performanceCharts}
      subtitle={texts.championsOnSelectionWindow}
      actions={
        <>
          <ScopeFilter scope={scope} onScope={onScope} />
          <Button
            component="a"
            href={formatHash('regimes')}
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {texts.backToRegimes}
          </Button>
        </>
      }
    >
      {regimes === undefined || champions === undefined ? (
        error === undefined ? (
          <LoadingRows />
        ) : (
          <ErrorState error={error} retry={() => void loadWorkspace()} />
        )
      ) : (
        <Charts rows={regimeRows(regimes, champions, scope)} scope={scope} />
      )}
    </Page>
  );
}

function Charts({ rows, scope }: { readonly rows: readonly RegimeRow[]; readonly scope: Scope }) {
  const modelTitle = useModelTitle();
  const minTrades = useMinTrades();
  const regimes = [...new Set(rows.map(({ regime }) => regime))];
  const active = activeNames(rows);
  // One bar per regime: its best champion. Rows come best first.
  const best = regimes.map((regime) => rows.find((row) => row.regime === regime)!);
  const won = rows.flatMap(({ champion, title }) => (champion === null ? [] : [{ champion, title }]));
  const bars = (term: BarTerm) => regimeBars(best, term, { minTrades, modelTitle });
  if (won.length === 0) {
    return (
      <Panel title={texts.noChampionInThisScope} flush>
        <EmptyState
          icon={<IconChartHistogram size={28} aria-hidden />}
          title={texts.nothingToCompareYet}
          action={<Button onClick={() => go('queue')}>{common.buildGrid}</Button>}
        >
          {texts.chartsAppearWithFirstChampion}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      <h2 className="visually-hidden">{texts.charts}</h2>
      <Gradually>
        <div className={classes.two}>
          <Gradually>
            <Paper p="md">
              <SharpeBars bars={bars('sharpe')} />
            </Paper>
            <Paper p="md">
              <DrawdownBars bars={bars('maxDrawdown')} />
            </Paper>
            <Paper p="md">
              <WinRateBars bars={bars('winRate')} />
            </Paper>
            <Paper p="md">
              <ProfileRadar
                title={texts.profileOfEachChampion}
                height={barsHeight(best.length)}
                profiles={best.flatMap(({ title, champion, regime }) =>
                  champion === null
                    ? []
                    : [
                        {
                          name: `${title}, ${champion.symbol} ${champion.timeframe}`,
                          color: regimeColor(active, regime),
                          parts: champion.scores,
                          composite: champion.composite,
                          outOfSample: champion.outOfSample && {
                            parts: champion.outOfSample.scores,
                            composite: champion.outOfSample.composite,
                          },
                        },
                      ],
                )}
              />
            </Paper>
          </Gradually>
        </div>
        <div className={classes.two}>
          <Gradually>
            <Paper p="md">
              <ModelHeatMap scope={scope} />
            </Paper>
            <Paper p="md">
              <RiskReturn
                points={won.flatMap(({ champion, title }) => {
                  const { maxDrawdown, totalReturn, verdict } = champion;
                  if (maxDrawdown === null || totalReturn === null) return [];
                  const label = `${title}, ${championLabel(champion, modelTitle)}`;
                  return [{ label, group: title, verdict, maxDrawdown, totalReturn }];
                })}
              />
            </Paper>
          </Gradually>
        </div>
      </Gradually>
    </>
  );
}

function ModelHeatMap({ scope }: { readonly scope: Scope }) {
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  const heat = useCall('regimes.heatmap', {
    ...(scope.symbol === null ? {} : { symbol: scope.symbol }),
    ...(scope.timeframe === null ? {} : { timeframe: scope.timeframe }),
  });
  if (heat.error !== undefined) return <ErrorState error={heat.error} retry={heat.refresh} />;
  if (heat.data === undefined) return <LoadingRows />;
  const { errors } = heat.data;
  return (
    <HeatMap
      title={texts.bestScoreOfEachModel}
      note={texts.scoreOfBestStrategyOver({ score: <Term term="score" /> })}
      corner={common.modelType}
      rows={heat.data.modelTypes.map(modelTitle)}
      columns={heat.data.regimes.map((name) => ({ key: name, label: regimeTitle(name) }))}
      values={heat.data.scores}
      empty={texts.noEligibleStrategy}
      format={(value, row, column) => {
        const error = row === undefined || column === undefined ? null : errors[row]![column]!;
        return error === null ? formatNumber(value, 2) : formatWithError(value, error);
      }}
    />
  );
}
