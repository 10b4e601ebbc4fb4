import type { BesideDto, LeftOutDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { SideMetrics } from '../pipeline/job.ts';

/** What each model of a run said of the rows that its members left out, from the row of the run. */
export function leftOutDto(json: string): LeftOutDto[] {
  return storedJson<SideMetrics[]>(json, 'the figures of left-out rows').map(
    ({ side, rmse, mae, r2, rankIc, classes }) => ({
      side,
      rmse,
      mae,
      r2,
      rankIc,
      classes:
        classes === undefined
          ? null
          : {
              rows: classes.count,
              positives: classes.distribution.positives,
              accuracy: classes.accuracy,
              baseRate: classes.baseRate,
              balancedAccuracy: classes.balancedAccuracy,
              balancedAccuracyError: classes.errors.balancedAccuracy,
              precision: classes.precision,
              recall: classes.recall,
              f1: classes.f1,
              rocAuc: classes.rocAuc,
              rocAucError: classes.errors.rocAuc,
              logLoss: classes.logLoss,
              baseLogLoss: classes.base.logLoss,
              brier: classes.brier,
              baseBrier: classes.base.brier,
              confusion: classes.confusion,
              calibration: classes.calibrationCurve,
            },
    }),
  );
}

/** What the policy of an agent's run stands beside, from the row of the run; null of others. */
export function besideDto(json: string): readonly BesideDto[] | null {
  const [side] = storedJson<SideMetrics[]>(json, 'the figures of left-out rows');
  return side?.beside ?? null;
}
