import type { CriteriaPreset } from './criteria.ts';
import type { MinVerdict } from './registry.ts';

/** Thresholds that may be asked for in place of those of the preset. */
export const MIN_FIGURES = ['accuracy', 'precision', 'recall', 'f1'] as const;
export type MinFigure = (typeof MIN_FIGURES)[number];

/** The option of each. */
export const MIN_OPTION = {
  accuracy: 'minAccuracy',
  precision: 'minPrecision',
  recall: 'minRecall',
  f1: 'minF1',
} as const satisfies Readonly<Record<MinFigure, string>>;

/** What is asked of a version, where it is not what the configuration says. */
export interface GateOptions {
  readonly preset?: CriteriaPreset | undefined;
  readonly least: Readonly<Partial<Record<MinFigure, number>>>;
  readonly minVerdict?: MinVerdict | undefined;
  readonly skipValidation: boolean;
  /** Leaves the comparison with production out. */
  readonly force: boolean;
}

/** What was not asked, by the name of its option: it stands in the journal. */
export function skippedBy(
  { least, minVerdict, skipValidation, force }: GateOptions,
  hasComparison: boolean,
): string[] {
  return [
    ...(skipValidation ? ['validation', 'thresholds', 'verdict'] : []),
    ...(minVerdict === 'none' && !skipValidation ? ['verdict'] : []),
    ...(force && hasComparison ? ['comparison'] : []),
    ...Object.entries(least).map(([metric, value]) => `min-${metric}=${value}`),
  ];
}
