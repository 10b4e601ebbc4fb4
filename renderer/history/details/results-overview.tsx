import { Title } from '@mantine/core';
import type { ChampionDto, RunDetailDto, StrategyResultDto } from '../../../engine/contract/dto/index.ts';
import { useMinTrades, useRegimeTitle } from '../../state/index.ts';
import { ChampionFigures, StakeMetrics } from '../../strategy/index.ts';
import {
  Badge,
  GLOSSARY,
  MAIN_METRICS,
  Metric,
  Metrics,
  SharpeMetric,
  VerdictBadge,
} from '../../ui/index.ts';
import classes from '../history.module.css';
import { heldPlaces } from '../places.ts';
import { bestStrategy, strategyLabel } from '../strategies.ts';
import { texts } from './texts.ts';

interface ResultsOverviewProps {
  readonly run: RunDetailDto;
  readonly champions: readonly ChampionDto[];
}

/** What a run made of its model: where it is champion, the strategies that won, and nothing else; else its best one. */
export function ResultsOverview({ run, champions }: ResultsOverviewProps) {
  const places = heldPlaces(run, champions);
  if (places.length > 0) {
    return places.map(({ champion, strategy }) => (
      <PlaceOverview key={champion.regime} champion={champion} strategy={strategy} />
    ));
  }
  const best = bestStrategy(run);
  return best === undefined ? null : <BestOverview run={run} best={best} />;
}

interface PlaceOverviewProps {
  readonly champion: ChampionDto;
  readonly strategy: StrategyResultDto;
}

function PlaceOverview({ champion, strategy }: PlaceOverviewProps) {
  const regimeTitle = useRegimeTitle();
  const title = regimeTitle(champion.regime);
  const { stale } = champion;
  return (
    <section aria-label={texts.championOf({ title })} className={classes.results}>
      <Title order={3} className={classes.heading}>
        {texts.championOfTitle({ title, strategy: strategyLabel(strategy) })}
      </Title>
      <p>
        <VerdictBadge verdict={champion.verdict} reason={champion.verdictReason} /> {champion.verdictReason}
      </p>
      {stale === null ? null : (
        <p>
          <Badge tone="warning">{GLOSSARY.stale.title}</Badge> {stale}
        </p>
      )}
      <ChampionFigures champion={champion} title={title} />
    </section>
  );
}

function BestOverview({ run, best }: { readonly run: RunDetailDto; readonly best: StrategyResultDto }) {
  const minTrades = useMinTrades();
  return (
    <section aria-label={texts.bestStrategy} className={classes.results}>
      <Title order={3} className={classes.heading}>
        {texts.bestStrategyText({ strategy: strategyLabel(best) })}
      </Title>
      <Metrics label={texts.figuresOfBestStrategy}>
        <SharpeMetric term="sharpe" score={best.selection} minTrades={minTrades} note={texts.allRegimes} />
        <SharpeMetric
          term="holdoutSharpe"
          score={best.holdout}
          hidden={run.holdoutLook.hidden}
          minTrades={minTrades}
          note={best.holdout === null ? undefined : texts.countOfTrades({ trades: best.holdout.trades })}
        />
        {MAIN_METRICS.map((term) => (
          <Metric key={term} term={term} value={best.selection[term]} />
        ))}
      </Metrics>
      {run.stake === null ? null : (
        <StakeMetrics
          stake={run.stake}
          composite={best.selection.composite}
          label={texts.stakesOfBestStrategy}
        />
      )}
    </section>
  );
}
