import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { useMinTrades } from '../state/index.ts';
import { MAIN_METRICS, Metric, Metrics, plural, SharpeMetric } from '../ui/index.ts';
import { LuckMetrics } from './luck-metrics.tsx';
import { StakeMetrics } from './stake-metrics.tsx';

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
      <Metrics label={`Figures of the champion of ${title}`}>
        <SharpeMetric
          term="sharpe"
          score={champion}
          luck={luck.sharpe}
          minTrades={minTrades}
          note={`alone in ${title}`}
        />
        <SharpeMetric
          term="holdoutSharpe"
          score={holdout}
          hidden={champion.holdoutLook.hidden}
          minTrades={minTrades}
          note={holdout === null ? undefined : plural(holdout.trades, 'trade')}
        />
        {MAIN_METRICS.map((term) => (
          <Metric key={term} term={term} value={champion[term]} />
        ))}
      </Metrics>
      <LuckMetrics champion={champion} label={`Luck of the champion of ${title}`} />
      <StakeMetrics stake={stake} composite={composite} label={`Stakes of the champion of ${title}`} />
    </>
  );
}
