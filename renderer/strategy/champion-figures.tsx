import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { useMinTrades } from '../state/index.ts';
import { MAIN_METRICS, Metric, Metrics, SharpeMetric } from '../ui/index.ts';
import { LuckMetrics } from './luck-metrics.tsx';
import { StakeMetrics } from './stake-metrics.tsx';
import { texts } from './texts.ts';

interface ChampionFiguresProps {
  readonly champion: ChampionDto;
  /** Of its regime. */
  readonly title: string;
}

/** The figures that a champion was chosen by, alone in its regime, what luck reaches there, and its holdout. */
export function ChampionFigures({ champion, title }: ChampionFiguresProps) {
  const { luck, holdout, stake, composite } = champion;
  const minTrades = useMinTrades();
  return (
    <>
      <Metrics label={texts.figuresOfChampionOf({ title })}>
        <SharpeMetric
          term="sharpe"
          score={champion}
          luck={luck.sharpe}
          minTrades={minTrades}
          note={texts.aloneIn({ title })}
        />
        <SharpeMetric
          term="holdoutSharpe"
          score={holdout}
          hidden={champion.holdoutLook.hidden}
          minTrades={minTrades}
          note={holdout === null ? undefined : texts.countOfTrades({ trades: holdout.trades })}
        />
        {MAIN_METRICS.map((term) => (
          <Metric key={term} term={term} value={champion[term]} />
        ))}
      </Metrics>
      <LuckMetrics champion={champion} label={texts.luckOfChampionOf({ title })} />
      <StakeMetrics stake={stake} composite={composite} label={texts.stakesOfChampionOf({ title })} />
    </>
  );
}
