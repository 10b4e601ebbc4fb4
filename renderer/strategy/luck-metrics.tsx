import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { DASH, formatCount, formatNumber, Metric, MetricOf, Metrics, plural } from '../ui/index.ts';

interface LuckMetricsProps {
  readonly champion: Pick<ChampionDto, 'p' | 'luck'>;
  /** `Luck of the champion of Bull trending`. */
  readonly label: string;
}

/** What luck alone makes of a champion; where that is not known, why. */
export function LuckMetrics({ champion: { p, luck }, label }: LuckMetricsProps) {
  const { overfitting, trackRecord, tries, effectiveTries } = luck;
  return (
    <>
      <Metrics label={label}>
        <Metric
          term="familyWiseP"
          value={p}
          note={luck.marketP === null ? undefined : `${formatNumber(luck.marketP, 3)} in its market`}
        />
        <Metric term="luck" value={luck.sharpe} />
        <Metric term="deflatedSharpe" value={luck.deflatedSharpe} />
        <MetricOf
          term="overfitting"
          note={
            overfitting === null
              ? undefined
              : `0.2 to 0.8 without an edge; loses in ${formatNumber(overfitting.lossOutOfSample, 2)}`
          }
        >
          {overfitting === null ? DASH : formatNumber(overfitting.pbo, 2)}
        </MetricOf>
        <MetricOf
          term="trackRecord"
          note={trackRecord === null ? undefined : `has ${plural(trackRecord.bars, 'bar')}`}
        >
          {trackRecord === null || trackRecord.needed === null
            ? DASH
            : `needs ${formatCount(trackRecord.needed)}`}
        </MetricOf>
        <MetricOf
          term="tries"
          note={effectiveTries === null ? undefined : `worth ${formatCount(Math.round(effectiveTries))}`}
        >
          {tries === null ? DASH : formatCount(tries)}
        </MetricOf>
      </Metrics>
      {luck.missing === null ? null : <p>{luck.missing}</p>}
    </>
  );
}
