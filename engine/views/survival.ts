import type { LeftOutClassesDto, SurvivalModelDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { SurvivalModelType } from '../contract/survival.ts';
import type { SurvivalModelRow } from '../store/survival.ts';
import type { StoredSurvivalFigures, StoredSurvivalOptions } from '../store/survival-figures.ts';

/** `stages`: who speaks now, and who ever did. @throws EngineError `artifact-damaged` */
export function survivalModelDto(
  row: SurvivalModelRow,
  stages: { readonly now: string | null; readonly was: ReadonlySet<string> },
): SurvivalModelDto {
  const { version } = row;
  const { options, tuned } = storedJson<StoredSurvivalOptions>(row.options, `the options of ${version}`);
  const figures = storedJson<StoredSurvivalFigures>(row.figures, `the figures of ${version}`);
  const { parts, judgement, weak, folds } = figures;
  const { training, validation, test, purged } = parts;
  return {
    version,
    parent: row.parent,
    stage: stages.now === version ? 'Production' : stages.was.has(version) ? 'Archived' : 'None',
    modelType: row.model_type as SurvivalModelType,
    options,
    hyperparameters: tuned,
    trials: figures.trials,
    validationAuc: figures.validationAuc,
    rows: { training, validation, test, purged, weak, folds },
    testFrom: iso(parts.testFrom),
    testTo: iso(parts.testTo),
    knownUntil: iso(row.known_until),
    baseRate: figures.baseRate,
    breakEven: figures.breakEven,
    classes: classesDto(judgement),
    calibration: judgement.calibration,
    picks: judgement.picks,
    createdAt: iso(row.created_at),
  };
}

function classesDto({ classes, calibration }: StoredSurvivalFigures['judgement']): LeftOutClassesDto {
  const { count, confusion, errors, base } = classes;
  const positives = confusion.truePositives + confusion.falseNegatives;
  return {
    rows: count,
    positives,
    accuracy: classes.accuracy,
    baseRate: Math.max(positives, count - positives) / count,
    balancedAccuracy: classes.balancedAccuracy,
    balancedAccuracyError: errors.balancedAccuracy,
    precision: classes.precision,
    recall: classes.recall,
    f1: classes.f1,
    rocAuc: classes.rocAuc,
    rocAucError: errors.rocAuc,
    logLoss: classes.logLoss,
    baseLogLoss: base.logLoss,
    brier: classes.brier,
    baseBrier: base.brier,
    confusion,
    calibration,
  };
}

const iso = (time: number) => new Date(time).toISOString();
