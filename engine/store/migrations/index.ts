import type { Migration } from '../migrate.ts';
import { sql as initial } from './001-initial.ts';
import { sql as tries } from './002-tries.ts';
import { sql as retrain } from './003-retrain.ts';
import { sql as americanNames } from './004-american-names.ts';
import { sql as awaitingConfirmation } from './005-awaiting-confirmation.ts';
import { configurations } from './006-configurations.ts';
import { sql as formerCandles } from './007-former-candles.ts';
import { sql as figures } from './008-figures.ts';
import { sql as jobs } from './009-jobs.ts';
import { sql as workspace } from './010-workspace.ts';
import { sql as runFigures } from './011-run-figures.ts';
import { sql as keys } from './012-keys.ts';
import { checksums } from './013-checksums.ts';
import { evaluation } from './014-evaluation.ts';
import { luck } from './015-luck.ts';
import { noTries } from './016-no-tries.ts';
import { robustness } from './017-robustness.ts';
import { looks } from './018-looks.ts';
import { validations } from './019-validations.ts';
import { sql as bestFigures } from './020-best-figures.ts';
import { refits } from './021-refits.ts';
import { leftOut } from './022-left-out.ts';
import { trials } from './023-trials.ts';
import { peakMemory } from './024-peak-memory.ts';
import { registry } from './025-registry.ts';
import { seriesChanges } from './026-series-changes.ts';
import { submissions } from './027-submissions.ts';
import { trainings } from './028-trainings.ts';
import { watched } from './029-watched.ts';
import { schedules } from './030-schedules.ts';
import { tracking } from './031-tracking.ts';
import { survival } from './032-survival.ts';
import { arrivals } from './033-arrivals.ts';
import { forward } from './034-forward.ts';
import { alerts } from './035-alerts.ts';
import { brokerTrades } from './036-broker-trades.ts';
import { marks } from './037-marks.ts';
import { sql as toShrink } from './038-to-shrink.ts';
import { runReturns } from './039-run-returns.ts';
import { ownersFound } from './040-owners-found.ts';
import { views } from './041-views.ts';
import { sql as bases } from './042-bases.ts';
import { sql as keptByModel } from './043-kept-by-model.ts';
import { scannedLess } from './044-scanned-less.ts';
import { sql as runChanges } from './045-run-changes.ts';
import { sql as fewerIndexes } from './046-fewer-indexes.ts';
import { sql as auditChanges } from './047-audit-changes.ts';
import { sql as decisionAnswers } from './048-decision-answers.ts';
import { luckAppended } from './049-luck-appended.ts';

/** In order; the n-th brings the database to version n. A released migration is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  tries,
  retrain,
  americanNames,
  awaitingConfirmation,
  configurations,
  formerCandles,
  figures,
  jobs,
  workspace,
  runFigures,
  keys,
  checksums,
  evaluation,
  luck,
  noTries,
  robustness,
  looks,
  validations,
  bestFigures,
  refits,
  leftOut,
  trials,
  peakMemory,
  registry,
  seriesChanges,
  submissions,
  trainings,
  watched,
  schedules,
  tracking,
  survival,
  arrivals,
  forward,
  alerts,
  brokerTrades,
  marks,
  toShrink,
  runReturns,
  ownersFound,
  views,
  bases,
  keptByModel,
  scannedLess,
  runChanges,
  fewerIndexes,
  auditChanges,
  decisionAnswers,
  luckAppended,
];
