import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { isPolicy } from '../../engine/contract/strategy-words.ts';
import { PriceChart } from '../charts/index.ts';
import { useCall, useModelTitle, useRegimeTitle, useWorkspace } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { validateHash } from '../state/validate-link.ts';
import {
  ChampionFigures,
  EquityAndDrawdown,
  ExportModel,
  HoldoutLook,
  LookaheadCheck,
  ReportButton,
  Robustness,
  ScopeChoice,
  StrategyTrace,
  TradesSection,
} from '../strategy/index.ts';
import { ErrorState, Gradually, LoadingRows, Marks, Panel, titleOf, VerdictBadge } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './regimes.module.css';
import { championLabel, standingText } from './rows.ts';
import { StandingNotes } from './standing.tsx';
import { texts } from './texts.ts';

interface ChampionPanelProps {
  readonly champion: ChampionDto;
  /** Of its regime. */
  readonly title: string;
}

/** Bars of the price chart: enough for months of hourly bars, and quickly sent. */
const CHART_BARS = 4000;

function tradedBy(strategy: ChampionDto['strategy']): string {
  const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = strategy;
  const method = titleOf(predictionMethod);
  if (isPolicy(strategy)) return method;
  return texts.confidenceThresholdLookbackBar({
    method,
    ensembleMethod: titleOf(ensembleMethod).toLowerCase(),
    confidenceThreshold,
    lookbackWindow,
  });
}

/** What the champion of one regime did: figures, equity, and the price with its trades and the regimes behind it. */
export function ChampionPanel({ champion, title }: ChampionPanelProps) {
  const { strategy } = champion;
  const modelTitle = useModelTitle();
  return (
    <Panel
      title={texts.championOf({ title })}
      note={texts.dayOfHistoryBarAhead({
        champion: championLabel(champion, modelTitle),
        days: champion.daysHistory,
        bars: champion.horizon,
        encoder: titleOf(champion.encoder),
        tradedBy: tradedBy(strategy),
      })}
      actions={
        <Group gap="xs">
          <ExportModel run={champion.runId} kept={!champion.modelMissing} regime={champion.regime} />
          <ReportButton of={{ champion: champion.champion }} what={champion.champion} />
          <Button
            component="a"
            href={validateHash({ kind: 'champion', champion: champion.champion })}
            variant="default"
            size="xs"
          >
            {common.validate}
          </Button>
          <Button
            component="a"
            href={formatHash('history', { run: champion.runId })}
            variant="default"
            size="xs"
          >
            {texts.viewRun}
          </Button>
        </Group>
      }
    >
      <div className={classes.stack}>
        <Gradually>
          <Standing champion={champion} />
          <ChampionFigures champion={champion} title={title} />
          <Robustness key={champion.champion} champion={champion} />
          <HoldoutLook
            look={champion.holdoutLook}
            market={`${champion.symbol} ${champion.timeframe}`}
            of={{ champion: champion.champion }}
          />
          <ChampionTrace champion={champion} title={title} />
        </Gradually>
      </div>
    </Panel>
  );
}

/** What it is marked with, and what its figures rest on. */
function Standing({ champion }: Pick<ChampionPanelProps, 'champion'>) {
  const standing = standingText(champion);
  return (
    <>
      <Marks of={{ run: champion.runId }} what={texts.champion({ champion: champion.champion })} />
      <StandingNotes stale={champion.stale} modelMissing={champion.modelMissing} />
      {standing === null ? null : <p className={classes.quiet}>{standing}</p>}
      <p className={classes.verdict}>
        <VerdictBadge verdict={champion.verdict} reason={champion.verdictReason} />
        <span>{champion.verdictReason}</span>
        <a href={formatHash('evidence', { champion: champion.champion })}>{common.evidence}</a>
      </p>
      {champion.roundTrip === null ? null : <p className={classes.quiet}>{champion.roundTrip}.</p>}
    </>
  );
}

/** Alone in its own regime first, since that is what it was chosen for; all regimes are a click away. */
function ChampionTrace({ champion, title }: ChampionPanelProps) {
  const [alone, setAlone] = useState<string | null>(champion.regime);
  return (
    <>
      <div>
        <ScopeChoice regimes={[champion.regime]} value={alone} onChange={setAlone} />
      </div>
      <StrategyTrace
        key={alone}
        run={champion.runId}
        strategyIndex={champion.strategyIndex}
        alone={alone}
        instead={<RegimePrice champion={champion} />}
      >
        {(trace) => (
          <Gradually>
            <EquityAndDrawdown
              trace={trace}
              regime={champion.regime}
              title={alone === null ? texts.equityOfChampionInAll : texts.equityOfChampionAloneIn({ title })}
            />
            <TradesSection trace={trace} />
            <LookaheadCheck run={champion.runId} strategyIndex={champion.strategyIndex} alone={alone} />
          </Gradually>
        )}
      </StrategyTrace>
    </>
  );
}

/** The price without trades, where they can't be told. */
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
      title={texts.priceAndRegimes({ symbol, timeframe })}
      note={texts.newestBar({ bars: chart.time.length })}
      {...chart}
      regimes={found.map(({ name }) => name)}
      regimeTitle={regimeTitle}
    />
  );
}
