import type {
  FoldFiguresDto,
  RefitDto,
  RegimeCurveDto,
  ValidationDto,
} from '../../../engine/contract/dto/index.ts';

/** A validation as --json prints it: times ISO 8601 UTC, shares as fractions. */
export function validationJson({
  jobId,
  jobState,
  scheme,
  folds,
  average,
  stitched,
  criteria,
  met,
  verdict,
  subject,
  refit,
  regimes,
}: ValidationDto) {
  const { sharpe, standardError, t, p, trades, maxDrawdown } = stitched;
  return {
    job_id: jobId,
    scheme,
    folds: folds.map(({ index, kind, train, test, metrics }) => ({
      index,
      kind,
      train,
      test,
      metrics: metrics && values(metrics),
    })),
    average: values(average),
    stitched: {
      sharpe,
      standard_error: standardError,
      t,
      p,
      trades,
      max_drawdown: maxDrawdown,
      return: stitched.return,
    },
    ...(refit === null ? {} : { refit: refitJson(refit) }),
    ...(subject === 'procedure' ? { regimes: regimes.map(regimeJson) } : {}),
    criteria: criteria.map(({ metric, threshold, value, baseRate, met: isMet }) => ({
      metric,
      threshold,
      value,
      base_rate: baseRate,
      met: isMet,
    })),
    met,
    verdict,
    ...(jobState === 'awaiting_confirmation' ? { job_state: jobState } : {}),
  };
}

function refitJson({ file, bytes, train, asOf, error }: RefitDto) {
  return { file, bytes, train, as_of: asOf, error };
}

/** The champions of one regime, alone. */
function regimeJson({ regime, folds, stitched }: RegimeCurveDto) {
  const { sharpe, standardError, trades, maxDrawdown } = stitched;
  return {
    regime,
    folds,
    sharpe,
    standard_error: standardError,
    trades,
    max_drawdown: maxDrawdown,
    return: stitched.return,
  };
}

/** Figures without their errors and base rates. */
function values(figures: FoldFiguresDto) {
  return Object.fromEntries(
    Object.entries(figures).map(([metric, figure]) => [metric, figure?.value ?? null]),
  );
}

/** A validation in a list: without its folds, with what it is of. */
export function validationRowJson(validation: ValidationDto) {
  const { id, symbol, timeframe, regime, champion, title } = validation;
  const { folds, criteria: _criteria, average: _average, ...rest } = validationJson(validation);
  const { jobState: job_state, storedBytes: stored_bytes } = validation;
  return {
    id,
    symbol,
    timeframe,
    regime,
    champion,
    title,
    ...rest,
    job_state,
    stored_bytes,
    folds: folds.length,
  };
}
