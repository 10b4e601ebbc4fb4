import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { DASH, formatCount, formatNumber, Metric, MetricOf, Metrics } from '../ui/index.ts';
import { texts } from './texts.ts';

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
          note={
            luck.marketP === null
              ? undefined
              : texts.marketPInItsMarket({ marketP: formatNumber(luck.marketP, 3) })
          }
        />
        <Metric term="luck" value={luck.sharpe} />
        <Metric term="deflatedSharpe" value={luck.deflatedSharpe} />
        <MetricOf
          term="overfitting"
          note={
            overfitting === null
              ? undefined
              : texts.of02To08({ lossOutOfSample: formatNumber(overfitting.lossOutOfSample, 2) })
          }
        >
          {overfitting === null ? DASH : formatNumber(overfitting.pbo, 2)}
        </MetricOf>
        <MetricOf
          term="trackRecord"
          note={trackRecord === null ? undefined : texts.hasBar({ bars: trackRecord.bars })}
        >
          {trackRecord === null || trackRecord.needed === null
            ? DASH
            : texts.needsNeeded({ needed: formatCount(trackRecord.needed) })}
        </MetricOf>
        <MetricOf
          term="tries"
          note={
            effectiveTries === null
              ? undefined
              : texts.worthEffectiveTries({ effectiveTries: formatCount(Math.round(effectiveTries)) })
          }
        >
          {tries === null ? DASH : formatCount(tries)}
        </MetricOf>
      </Metrics>
      {luck.missing === null ? null : <p>{luck.missing}</p>}
    </>
  );
}
