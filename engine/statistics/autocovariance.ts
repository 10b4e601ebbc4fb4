import { meanOf } from './moments.ts';

/**
 * Sample autocovariances of a series at the lags 0..`lags`: R(k) = (1/n) sum_t (x_t - mean)(x_(t+k) - mean), divisor n at
 * every lag; 0 beyond the series. Length `lags` + 1, unit squared.
 */
export function autocovariances(values: Float64Array, lags: number): Float64Array {
  const count = values.length;
  const mean = meanOf(values);
  const deviations = values.map((value) => value - mean);
  const result = new Float64Array(lags + 1);
  for (let lag = 0; lag <= lags; lag++) {
    let sum = 0;
    for (let i = lag; i < count; i++) sum += deviations[i]! * deviations[i - lag]!;
    result[lag] = sum / count;
  }
  return result;
}
