import type {
  ChampionDto,
  ValidationBriefDto,
  ValidationCurveDto,
  ValidationDto,
} from '../../../engine/contract/dto/index.ts';
import { AgingChart } from '../../charts/aging-chart.tsx';
import { ValidationCurve } from '../../charts/validation-curve.tsx';
import { useCall } from '../../state/index.ts';
import { formatHash } from '../../state/ui.ts';
import { ReportButton } from '../../strategy/report-button.tsx';
import { CriteriaTable } from '../../strategy/validation/criteria-table.tsx';
import { barsToSettle, yearlyOf } from '../../strategy/validation/figures.ts';
import { FoldTable } from '../../strategy/validation/fold-table.tsx';
import tables from '../../strategy/validation/tables.module.css';
import { ErrorState, formatCount, LoadingRows } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { OutOfSample } from './out-of-sample.tsx';
import { texts } from './texts.ts';
import classes from './validation.module.css';

interface ValidationViewProps {
  readonly brief: ValidationBriefDto;
  /** Whose claim it is held against. */
  readonly champion: ChampionDto;
}

/** A validation with its curve, as far as both are there. */
export function useValidation(id: number) {
  const validation = useCall('validation.get', { id });
  const curve = useCall('evidence.curve', { id });
  return {
    found:
      validation.data === undefined || curve.data === undefined
        ? undefined
        : { validation: validation.data, curve: curve.data },
    error: validation.error ?? curve.error,
    retry() {
      validation.refresh();
      curve.refresh();
    },
  };
}

/** One validation: curve, figures, folds, aging and criteria. */
export function ValidationView({ brief, champion }: ValidationViewProps) {
  const { found, error, retry } = useValidation(brief.id);
  if (error !== undefined) return <ErrorState error={error} retry={retry} />;
  if (found === undefined) return <LoadingRows rows={8} />;
  return <Loaded brief={brief} {...found} champion={champion} />;
}

interface PendingProps {
  readonly brief: ValidationBriefDto;
  /** All of its folds. */
  readonly folds: number;
}

/** What is missing before there can be a verdict, and where it is computed. */
export function Pending({ brief: { pending, jobId }, folds }: PendingProps) {
  if (pending === 0) return null;
  return (
    <p className={classes.sentence}>
      {texts.foldOfStillToCompute({
        pending,
        folds: formatCount(folds),
        link: (words) => <a href={formatHash('queue', { queue: String(jobId) })}>{words}</a>,
      })}
    </p>
  );
}

interface LoadedProps {
  readonly brief: ValidationBriefDto;
  readonly validation: ValidationDto;
  readonly curve: ValidationCurveDto;
  readonly champion: ChampionDto;
}

function Loaded({ brief, validation, curve, champion }: LoadedProps) {
  const { stitched, criteria, met, missingFolds } = validation;
  const label = texts.outOfSample({ scheme: validation.scheme });
  const inSample = yearlyOf(champion.totalReturn, champion.luck.trackRecord?.bars, curve.barsPerYear);
  return (
    <div className={classes.stack}>
      <Pending brief={brief} folds={validation.folds.length} />
      <div>
        <ReportButton of={{ validation: validation.id }} what={texts.validationId({ id: validation.id })} />
      </div>
      {curve.days.length === 0 ? null : <ValidationCurve curve={curve} />}
      {stitched.folds === 0 ? (
        <p className={classes.sentence}>{texts.noFoldCountsYet}</p>
      ) : (
        <OutOfSample
          label={label}
          stitched={stitched}
          p={brief.outOfSample?.p ?? null}
          curve={curve}
          inSample={inSample}
        />
      )}
      <Settle validation={validation} />
      <div className={tables.part}>
        <h3>{common.folds}</h3>
        <FoldTable validation={validation} />
        {missingFolds === 0 ? null : <p className={tables.note}>{texts.dataIsTooShort({ missingFolds })}</p>}
      </div>
      <Aging validation={validation} />
      {criteria.length === 0 ? null : <CriteriaTable criteria={criteria} met={met} />}
    </div>
  );
}

/** How much more of the same would be evidence. */
function Settle({ validation: { stitched, verdict } }: { readonly validation: ValidationDto }) {
  if (verdict !== 'none') return null;
  const { t, bars } = stitched;
  const more = barsToSettle(t, bars);
  return (
    <p className={classes.sentence}>
      {more === null
        ? texts.noNumberOfBarsLike
        : texts.atThisRateSomeMore({ more: formatCount(more), bars: formatCount(bars) })}
    </p>
  );
}

function Aging({ validation: { aging, folds } }: { readonly validation: ValidationDto }) {
  if (aging === null || aging.ages.length === 0) return null;
  const points = (metric: 'spearman' | 'sharpe') =>
    aging.ages.flatMap(({ days, fold }) => {
      const figure = folds.find(({ index }) => index === fold)?.metrics?.[metric];
      return figure == null ? [] : [{ days, value: figure.value, error: figure.error }];
    });
  const [spearman, sharpe] = [points('spearman'), points('sharpe')];
  return (
    <div className={classes.pair}>
      {spearman.length === 0 ? null : (
        <AgingChart
          title={texts.spearmanByAgeOfModel}
          figure={common.spearman}
          points={spearman}
          perMonth={aging.spearmanPerMonth}
          digits={3}
        />
      )}
      {sharpe.length === 0 ? null : (
        <AgingChart
          title={texts.sharpeByAgeOfModel}
          figure={common.sharpe}
          points={sharpe}
          perMonth={aging.sharpePerMonth}
          digits={1}
        />
      )}
    </div>
  );
}
