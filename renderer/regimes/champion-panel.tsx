import { Button } from '@mantine/core';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { EquityChart, PriceChart } from '../charts/index.ts';
import { useCall, useModelTitle, useRegimeTitle, useWorkspace } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import {
  ErrorState,
  indexOfStrategy,
  LoadingRows,
  MAIN_METRICS,
  Metric,
  Metrics,
  Panel,
  plural,
  TraceError,
  titleOf,
} from '../ui/index.ts';
import classes from './regimes.module.css';
import { championLabel, standingText } from './rows.ts';

interface ChampionPanelProps {
  readonly champion: ChampionDto;
  /** Of its regime. */
  readonly title: string;
}

/** Bars of the price chart: enough for months of hourly bars, and quickly sent. */
const CHART_BARS = 4000;

/** What the champion of one regime did: figures, equity, and the price with the regimes behind it. */
export function ChampionPanel({ champion, title }: ChampionPanelProps) {
  const { strategy, holdout } = champion;
  const modelTitle = useModelTitle();
  const standing = standingText(champion);
  return (
    <Panel
      title={`Champion of ${title}`}
      note={`${championLabel(champion, modelTitle)}, ${champion.daysHistory} days of history, ${plural(champion.horizon, 'bar')} ahead, ${titleOf(champion.encoder)} · ${titleOf(strategy.predictionMethod)}, ${strategy.ensembleMethod}, confidence from ${strategy.confidenceThreshold}, lookback ${strategy.lookbackWindow} bars`}
      actions={
        <Button
          component="a"
          href={formatHash('history', { run: champion.runId })}
          variant="default"
          size="xs"
        >
          View run
        </Button>
      }
    >
      <div className={classes.stack}>
        <Metrics label={`Figures of the champion of ${title}`}>
          <Metric term="sharpe" value={champion.sharpe} note="in this regime" />
          {champion.luck === null ? null : (
            <Metric
              term="luck"
              value={champion.luck.sharpe}
              note={`best of ${plural(champion.luck.tries, 'try', 'tries')}`}
            />
          )}
          <Metric term="holdoutSharpe" value={holdout.sharpe} note={plural(holdout.trades, 'trade')} />
          {MAIN_METRICS.map((term) => (
            <Metric key={term} term={term} value={champion[term]} />
          ))}
        </Metrics>
        {standing === null ? null : <p className={classes.quiet}>{standing}</p>}
        <ChampionEquity champion={champion} />
        <RegimePrice champion={champion} />
      </div>
    </Panel>
  );
}

function ChampionEquity({ champion }: { readonly champion: ChampionDto }) {
  const regimeTitle = useRegimeTitle();
  const detail = useCall('history.get', { run: champion.runId });
  const index =
    detail.data === undefined ? undefined : indexOfStrategy(detail.data.strategies, champion.strategy);
  const trace = useCall(
    'run.trace',
    index === undefined ? null : { run: champion.runId, strategyIndex: index },
  );
  if (detail.error !== undefined) return <ErrorState error={detail.error} retry={detail.refresh} />;
  if (trace.error !== undefined) return <TraceError error={trace.error} retry={trace.refresh} />;
  if (trace.data === undefined) return <LoadingRows rows={6} />;
  return (
    <EquityChart
      trace={trace.data}
      regime={champion.regime}
      regimeTitle={regimeTitle}
      title="Equity of the champion in all regimes, its own colored"
    />
  );
}

function RegimePrice({ champion: { symbol, timeframe } }: { readonly champion: ChampionDto }) {
  const regimes = useWorkspace((workspace) => workspace.regimes);
  const regimeTitle = useRegimeTitle();
  const test = useCall(
    'regimes.test',
    regimes === undefined ? null : { symbol, timeframe, regimes: [...regimes], chartBars: CHART_BARS },
  );
  if (test.error !== undefined) return <ErrorState error={test.error} retry={test.refresh} />;
  if (test.data === undefined) return <LoadingRows rows={6} />;
  const { chart, regimes: found } = test.data;
  return (
    <PriceChart
      title={`Price and regimes, ${symbol} ${timeframe}`}
      note={`The newest ${plural(chart.time.length, 'bar')}, colored by regime.`}
      {...chart}
      regimes={found.map(({ name }) => name)}
      regimeTitle={regimeTitle}
    />
  );
}
