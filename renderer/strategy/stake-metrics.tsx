import type { StakeDto } from '../../engine/contract/dto/index.ts';
import { DASH, formatPercent, Metric, MetricOf, Metrics } from '../ui/index.ts';
import { texts } from './texts.ts';

interface StakeMetricsProps {
  readonly stake: StakeDto;
  /** 0..1; null without a trade. */
  readonly composite: number | null;
  /** `Stakes of the champion of Bull trending`. */
  readonly label: string;
}

/** The composite score, and what trades made of what they put at risk. */
export function StakeMetrics({ stake, composite, label }: StakeMetricsProps) {
  const { kelly } = stake;
  return (
    <Metrics label={label}>
      <Metric term="composite" value={composite} note={texts.breaksEvenAt05} />
      <Metric term="roi" value={stake.roi} />
      <MetricOf term="kelly" note={kelly === null ? texts.from30TradesOn : kellyText(kelly)}>
        {kelly === null ? DASH : formatPercent(kelly.halved)}
      </MetricOf>
      <Metric term="averageWin" value={stake.averageWin} />
      <Metric term="averageLoss" value={stake.averageLoss} />
      <Metric term="longestLosingStreak" value={stake.longestLosingStreak} />
      {stake.hitRateTp1 === null ? null : <Metric term="hitRateTp1" value={stake.hitRateTp1} />}
    </Metrics>
  );
}

/** `6.0 ± 5.0 %`: the whole fraction with its error. */
function kellyText({ fraction, error }: NonNullable<StakeDto['kelly']>): string {
  return `${formatPercent(fraction).replace(' %', '')} ± ${formatPercent(error)}`;
}
