import { alertCommands } from './alerts.ts';
import type { CliCommand } from './command.ts';
import { evaluationCommands } from './evaluation.ts';
import { jobCommands } from './jobs.ts';
import { marketCommands } from './market.ts';
import { marksCommands } from './marks.ts';
import { modelCommands } from './models.ts';
import { productionCommands } from './production.ts';
import { resultCommands } from './results.ts';
import { runBundleCommands } from './run-bundle.ts';
import { scheduleCommands } from './schedule.ts';
import { searchCommands } from './search.ts';
import { signalCommands } from './signals.ts';
import { statementCommands } from './statement.ts';
import { submittedCommands } from './submitted.ts';
import { survivalCommands } from './survival.ts';
import { tokenCommands } from './token.ts';
import { trackingCommands } from './tracking.ts';
import { trainingCommands } from './training.ts';
import { updateCommands } from './updates.ts';
import { validateCommands } from './validate.ts';
import { viewCommands } from './views.ts';
import { workerCommands } from './worker.ts';
import { workspaceCommands } from './workspace.ts';

/** In the order of the help text. */
export const COMMANDS: readonly CliCommand[] = [
  ...trainingCommands,
  ...evaluationCommands,
  ...validateCommands,
  ...searchCommands,
  ...marketCommands,
  ...resultCommands,
  ...marksCommands,
  ...viewCommands,
  ...runBundleCommands,
  ...modelCommands,
  ...productionCommands,
  ...survivalCommands,
  ...signalCommands,
  ...alertCommands,
  ...statementCommands,
  ...scheduleCommands,
  ...workerCommands,
  ...jobCommands,
  ...submittedCommands,
  ...tokenCommands,
  ...trackingCommands,
  ...updateCommands,
  ...workspaceCommands,
];
