import type {
  SurvivalGateLineDto,
  SurvivalJournalDto,
  SurvivalModelDto,
  SurvivalPickDto,
  SurvivalRowsDto,
} from '../../../engine/contract/dto/index.ts';
import { decimalText, digitsText } from '../../../engine/contract/number-text.ts';
import { SURVIVAL_TITLES } from '../../../engine/contract/survival.ts';
import { decimal, integer, minute, percent, table } from './format.ts';

const withError = (value: number | null, error: number | null) =>
  `${decimal(value, 3)} ± ${decimal(error, 3)}`;

const day = (iso: string) => iso.slice(0, 10);

export function survivalRowsText(rows: SurvivalRowsDto): string {
  const { good, least, folds, olderFolds, baseRate } = rows;
  const lines = [
    `${integer(rows.rows)} contenders of ${integer(folds)} folds of validated grids; ${integer(good)} with a high enough composite score, ${integer(least)} are needed.`,
  ];
  if (baseRate !== null) {
    lines.push(
      `${percent(baseRate)} of them made money after costs in their test window, ${day(rows.from!)} to ${day(rows.to!)}.`,
    );
  }
  if (olderFolds > 0) {
    lines.push(
      `${integer(olderFolds)} folds were computed before contenders were kept: validate their grids again, and they are.`,
    );
  }
  return lines.join('\n');
}

export function survivalsText(models: readonly SurvivalModelDto[]): string {
  if (models.length === 0) return 'No model of what survives was trained yet: `regimen survival train` does.';
  return table(
    ['Version', 'Stage', 'Type', 'Rows', 'ROC AUC', 'Brier', 'Base Brier', 'Known until', 'Parent'],
    models.map(({ version, stage, modelType, rows, classes, knownUntil, parent }) => [
      version,
      stage,
      SURVIVAL_TITLES[modelType],
      integer(rows.training + rows.validation + rows.test),
      withError(classes.rocAuc, classes.rocAucError),
      decimal(classes.brier, 3),
      decimal(classes.baseBrier, 3),
      day(knownUntil),
      parent ?? '',
    ]),
    ['Rows', 'ROC AUC', 'Brier', 'Base Brier'],
  );
}

const RULES: Readonly<Record<SurvivalPickDto['rule'], string>> = {
  survival: 'likeliest, above break-even',
  likeliest: 'likeliest',
  sharpe: 'selection Sharpe',
  random: 'at random (mean of all)',
};

export function survivalText(model: SurvivalModelDto): string {
  const { rows, classes, hyperparameters } = model;
  const figures = table(
    ['Figure', 'Value', 'Of a constant'],
    [
      ['ROC AUC', withError(classes.rocAuc, classes.rocAucError), '0.5'],
      ['Balanced accuracy', withError(classes.balancedAccuracy, classes.balancedAccuracyError), '0.5'],
      ['Accuracy', percent(classes.accuracy), percent(classes.baseRate)],
      ['Precision', percent(classes.precision), percent(classes.positives / classes.rows)],
      ['Recall', percent(classes.recall), ''],
      ['F1', decimal(classes.f1), ''],
      ['Log loss', decimal(classes.logLoss, 3), decimal(classes.baseLogLoss, 3)],
      ['Brier score', decimal(classes.brier, 3), decimal(classes.baseBrier, 3)],
    ],
    ['Value', 'Of a constant'],
  );
  const calibration = table(
    ['Said', 'Came', 'Rows'],
    model.calibration.map(({ forecast, share, count }) => [
      percent(forecast),
      percent(share),
      integer(count),
    ]),
    ['Said', 'Came', 'Rows'],
  );
  const picks = table(
    ['Picked by', 'Picks', 'Made money', 'Flat stake', 'Half Kelly', 'Mean stake', 'Growth'],
    model.picks.map((pick) => [
      RULES[pick.rule],
      `${pick.picks}/${pick.places}`,
      rateWithError(pick.hitRate, pick.hitRateError),
      rateWithError(pick.roi, pick.roiError),
      percent(pick.kellyRoi),
      percent(pick.kellyStake),
      decimal(pick.kellyGrowth, 3),
    ]),
    ['Picks', 'Made money', 'Flat stake', 'Half Kelly', 'Mean stake', 'Growth'],
  );
  return [
    `Version ${model.version}, ${SURVIVAL_TITLES[model.modelType]}, stage ${model.stage}${model.parent === null ? '' : `, goes on from ${model.parent}`}; made ${minute(model.createdAt)}.`,
    `${integer(rows.training)} training, ${integer(rows.validation)} validation and ${integer(rows.test)} test rows of ${integer(rows.folds)} folds; ${integer(rows.weak)} too weak, ${integer(rows.purged)} purged.`,
    `${model.trials} trials${model.validationAuc === null ? '' : `, best validation ROC AUC ${decimal(model.validationAuc, 3)}`}: ${Object.entries(
      hyperparameters,
    )
      .map(([name, value]) => `${name} ${digitsText(value, 3)}`)
      .join(', ')}.`,
    `Base rate ${percent(model.baseRate)}; a stake pays from ${percent(model.breakEven)} on.`,
    '',
    `Test rows, ${day(model.testFrom)} to ${day(model.testTo)}:`,
    figures,
    '',
    calibration,
    '',
    picks,
  ].join('\n');
}

const rateWithError = (value: number | null, error: number | null) =>
  value === null ? '–' : `${percent(value)}${error === null ? '' : ` ± ${decimalText(error * 100, 1)}`}`;

export function survivalGateText(lines: readonly SurvivalGateLineDto[]): string {
  return lines.map(({ passed, text }) => `${passed ? 'pass' : 'FAIL'}  ${text}`).join('\n');
}

export function survivalJournalText(entries: readonly SurvivalJournalDto[]): string {
  if (entries.length === 0) return 'Nothing was done yet.';
  return table(
    ['At', 'What', 'From', 'To', 'By', 'Skipped', 'Reason'],
    entries.map(({ at, action, from, to, by, skipped, reason }) => [
      minute(at),
      action,
      from ?? '',
      to ?? 'nobody',
      by,
      skipped.join(', '),
      reason ?? '',
    ]),
  );
}
