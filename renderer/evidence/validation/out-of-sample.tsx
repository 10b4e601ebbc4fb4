import type { StitchedDto, ValidationCurveDto } from '../../../engine/contract/dto/index.ts';
import { useMinTrades } from '../../state/index.ts';
import { efficiencyOf } from '../../strategy/validation/figures.ts';
import { formatNumber, formatPercent, Metric, MetricOf, Metrics, SharpeMetric } from '../../ui/index.ts';
import { texts } from './texts.ts';

interface OutOfSampleProps {
  readonly label: string;
  readonly stitched: StitchedDto;
  /** Adjusted for everything validated in its market; null while folds are missing. */
  readonly p: number | null;
  readonly curve: ValidationCurveDto | undefined;
  /** Profit a year of the window that chose it, log return in percent; undefined: there is none to hold it against. */
  readonly inSample?: number | null;
  /** Beside it, what holding the market through the same windows earned. */
  readonly withHold?: boolean;
}

/** The counted folds as one curve, in figures. */
export function OutOfSample({ label, stitched, p, curve, inSample, withHold = false }: OutOfSampleProps) {
  const minTrades = useMinTrades();
  const { sharpe, standardError, t, trades, maxDrawdown, profitableFolds } = stitched;
  const yearly = curve?.yearly ?? null;
  const efficiency = efficiencyOf(yearly, inSample ?? null);
  return (
    <Metrics label={label}>
      <SharpeMetric
        term="sharpe"
        label={texts.sharpeOutOfSample}
        score={{ sharpe, sharpeError: standardError, trades }}
        minTrades={minTrades}
        note={texts.ofStitchedCurve}
      />
      <Metric term="stitchedT" value={t} />
      <Metric term="adjustedP" value={p} />
      <Metric term="trades" value={trades} note={texts.counted} />
      <Metric term="totalReturn" value={stitched.return} note={yearlyNote(yearly)} />
      {withHold ? (
        <Metric
          term="heldReturn"
          value={heldReturn(curve)}
          note={yearlyNote(curve?.holdYearly ?? null) ?? texts.itsCandlesHaveChanged}
        />
      ) : null}
      <Metric term="maxDrawdown" value={maxDrawdown} />
      <Metric
        term="profitableFolds"
        value={profitableFolds}
        note={texts.ofFolds({ folds: formatNumber(stitched.folds, 0) })}
      />
      {inSample === undefined ? null : (
        <MetricOf
          term="walkForwardEfficiency"
          note={
            efficiency === null
              ? inSample === null
                ? texts.itsBarsAreNotKnown
                : texts.noProfitToHold
              : texts.ofPercentYear({ inSample: formatNumber(inSample, 1) })
          }
        >
          {formatPercent(efficiency, 0)}
        </MetricOf>
      )}
    </Metrics>
  );
}

/** A fraction; null where it is not known. */
function heldReturn(curve: ValidationCurveDto | undefined): number | null {
  const sum = curve?.hold?.at(-1);
  return sum === undefined ? null : Math.expm1(sum / 100);
}

function yearlyNote(yearly: number | null): string | undefined {
  return yearly === null ? undefined : texts.yearlyPercentYear({ yearly: formatNumber(yearly, 1) });
}
