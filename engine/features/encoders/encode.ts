import type { Candles } from '../../market/candles.ts';
import { type HigherBars, holdLastClosed } from '../alignment.ts';
import { barColumns } from './bar-columns.ts';
import { changeFeature } from './change-feature.ts';
import type { Encoder, Feature, SourceColumn } from './encoder.ts';
import { heldFeature, plainFeature, sameBarFeature } from './feature.ts';
import { isChange, isSameBar } from './formulas.ts';
import { logChangeColumns } from './log-changes.ts';
import { timeFeatures } from './time-features.ts';
import { volumeFeature } from './volume-window.ts';

/** Features of the bars themselves. */
export function barFeatures(encoder: Encoder, candles: Candles): Feature[] {
  const columns = barColumns(candles);
  return [
    ...encoder.barColumns.map((name) => encode(encoder, columns[name], candles)),
    ...(encoder.hasTime ? [...logChangeColumns(candles).map(plainFeature), ...timeFeatures(candles)] : []),
  ];
}

/** Feature of an output on the timeframe of `candles`. */
export function encode({ formulas, prefix }: Encoder, column: SourceColumn, candles: Candles): Feature {
  const named = { ...column, name: `${prefix}${column.name}` };
  const formula = formulas[column.kind];
  if (formula === 'plain') return plainFeature(named);
  if (isSameBar(formula)) return sameBarFeature(named, candles, formula);
  return isChange(formula) ? changeFeature(named, candles, formula) : volumeFeature(named, formula);
}

/** Feature of an output on a higher timeframe, one value per bar of `candles`. */
export function encodeHigher(
  encoder: Encoder,
  column: SourceColumn,
  higher: HigherBars,
  candles: Candles,
): Feature {
  if (!encoder.comparesHigherLevels || column.kind !== 'level') {
    const { name, values } = encode(encoder, column, higher.candles);
    return heldFeature(name, holdLastClosed(values, higher));
  }
  const held = heldFeature(column.name, holdLastClosed(column.values, higher));
  const level: SourceColumn = {
    ...column,
    values: held.values,
    newest: (rolling) => held.rollout(rolling).values,
  };
  return encode(encoder, level, candles);
}
