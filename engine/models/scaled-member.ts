import { type Calibration, calibrate } from './calibration/calibration.ts';
import type { Member } from './model.ts';

/** Makes an expected log return of what a member says, m: (offset + slope m) unit. */
export interface Scale {
  readonly offset: number;
  readonly slope: number;
}

export const PLAIN_SCALE: Scale = { offset: 0, slope: 1 };

/**
 * A member whose output is its own, calibrated, scaled, and times the unit of the bar.
 *
 * @param calibration of its probabilities, where it says some
 * @param unit per row of the features; undefined: 1 everywhere, and rows need not be those of a market
 */
export function scaledMember(
  member: Member,
  { offset, slope }: Scale,
  unit: Float64Array | undefined,
  calibration?: Calibration,
): Member {
  if (unit === undefined && offset === 0 && slope === 1 && calibration === undefined) return member;
  function scale(first: number, count: number, out: Float64Array): void {
    if (calibration !== undefined) calibrate(calibration, out, count);
    for (let i = 0; i < count; i++) {
      const value = offset + slope * out[i]!;
      out[i] = unit === undefined ? value : value * unit[first + i]!;
    }
  }
  return {
    predict(columns, from, count, out) {
      member.predict(columns, from, count, out);
      scale(from, count, out);
    },
    // On the rows of a rollout no unit is known.
    ...(member.predictLanes === undefined || unit !== undefined
      ? {}
      : {
          predictLanes(rollout, out) {
            member.predictLanes!(rollout, out);
            scale(0, out.length, out);
          },
        }),
  };
}
