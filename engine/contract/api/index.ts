import type { z } from 'zod';
import { EngineError } from '../errors.ts';
import { excessOf, type JsonLimits } from '../json-text.ts';
import { plainWords, problemDetails, problemLines, problemsOf } from '../problems.ts';
import { type AlertResults, alertInputs } from './alerts.ts';
import { type AxisScoreResults, axisScoreInputs } from './axis-scores.ts';
import { type BarResults, barInputs } from './bars.ts';
import { type CompareResults, compareInputs } from './compare.ts';
import { type EvaluationResults, evaluationInputs } from './evaluation.ts';
import { type EvidenceResults, evidenceInputs } from './evidence.ts';
import { type JobResults, jobInputs } from './jobs.ts';
import { type LiveResults, liveInputs } from './live.ts';
import { type MarketResults, marketInputs } from './market.ts';
import { type MarkResults, markInputs } from './marks.ts';
import { type ModelResults, modelInputs } from './models.ts';
import { type MoneyResults, moneyInputs } from './money.ts';
import { type OverviewResults, overviewInputs } from './overview.ts';
import { type PortfolioResults, portfolioInputs } from './portfolio.ts';
import { type QueueResults, queueInputs } from './queues.ts';
import { type RegistryResults, registryInputs } from './registry.ts';
import { type ReportResults, reportInputs } from './reports.ts';
import { type ResultResults, resultInputs } from './results.ts';
import { type ScheduleResults, scheduleInputs } from './schedules.ts';
import { type SearchResults, searchInputs } from './search.ts';
import { type StatementResults, statementInputs } from './statement.ts';
import { type SubmittedResults, submittedInputs } from './submitted.ts';
import { type SurvivalResults, survivalInputs } from './survival.ts';
import { type TrackingResults, trackingInputs } from './tracking.ts';
import { type UpdateResults, updateInputs } from './updates.ts';
import { type ValidationResults, validationInputs } from './validation.ts';
import { type ViewResults, viewInputs } from './views.ts';
import { type WorkersResults, workersInputs } from './workers.ts';
import { type WorkspaceResults, workspaceInputs } from './workspace.ts';

/**
 * The Api, written once. Each method has a schema for its input; hosts (command line, server, window) validate with
 * it at their edge and derive their own surface from it. `.describe()` is the help text.
 */
export const apiInputs = {
  ...marketInputs,
  ...barInputs,
  ...modelInputs,
  ...queueInputs,
  ...jobInputs,
  ...submittedInputs,
  ...evaluationInputs,
  ...validationInputs,
  ...searchInputs,
  ...registryInputs,
  ...survivalInputs,
  ...scheduleInputs,
  ...liveInputs,
  ...portfolioInputs,
  ...reportInputs,
  ...alertInputs,
  ...statementInputs,
  ...markInputs,
  ...viewInputs,
  ...workersInputs,
  ...evidenceInputs,
  ...resultInputs,
  ...axisScoreInputs,
  ...compareInputs,
  ...moneyInputs,
  ...overviewInputs,
  ...trackingInputs,
  ...updateInputs,
  ...workspaceInputs,
} as const;

export interface ApiResults
  extends MarketResults,
    BarResults,
    ModelResults,
    QueueResults,
    JobResults,
    SubmittedResults,
    EvaluationResults,
    ValidationResults,
    SearchResults,
    RegistryResults,
    SurvivalResults,
    ScheduleResults,
    LiveResults,
    PortfolioResults,
    ReportResults,
    AlertResults,
    StatementResults,
    MarkResults,
    ViewResults,
    WorkersResults,
    EvidenceResults,
    ResultResults,
    AxisScoreResults,
    CompareResults,
    MoneyResults,
    OverviewResults,
    TrackingResults,
    UpdateResults,
    WorkspaceResults {}

export type Method = keyof typeof apiInputs & keyof ApiResults;
export type Input<M extends Method> = z.output<(typeof apiInputs)[M]>;
export type RawInput<M extends Method> = z.input<(typeof apiInputs)[M]>;

/** What a host implements: one function per method, on validated input. */
export type Handlers = {
  readonly [M in Method]: (input: Input<M>) => Promise<ApiResults[M]> | ApiResults[M];
};

/** What a client calls, whichever host is behind it. */
export type Call = <M extends Method>(method: M, input: RawInput<M>) => Promise<ApiResults[M]>;

/** The most that any input may hold: the largest grid or set of settings is a fraction of this. */
export const MOST_INPUT: JsonLimits = { depth: 32, keys: 5000, keyLength: 200 };

/** The edge: validates once, then calls the handler. Throws `invalid-input` with every problem. */
export function createCall(handlers: Handlers): Call {
  return async (method, input) => {
    const schema = apiInputs[method];
    if (schema === undefined) {
      throw new EngineError('not-found', `There is no method "${method}".`);
    }
    const excess = excessOf(input, MOST_INPUT);
    if (excess !== undefined) throw new EngineError('invalid-input', `The input of ${method} ${excess}.`);
    const result = schema.safeParse(input, { error: plainWords });
    if (!result.success) {
      const problems = problemsOf(result.error, schema);
      throw new EngineError(
        'invalid-input',
        `${method} can't be called like this:\n${problemLines(problems)}`,
        problemDetails(problems),
      );
    }
    // The map's types tie schema, handler and result of a method together; TypeScript can't follow the union.
    const handler = handlers[method] as (input: unknown) => Promise<ApiResults[typeof method]>;
    return await handler(result.data);
  };
}
