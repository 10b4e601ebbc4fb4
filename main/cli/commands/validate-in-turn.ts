import type { Engine } from '../../../engine/app.ts';
import type {
  QueueSummaryDto,
  ValidationDto,
  ValidationPreviewDto,
} from '../../../engine/contract/dto/index.ts';
import { confirm } from '../confirm.ts';
import { followQueue } from '../follow.ts';
import type { Output } from '../output.ts';
import { criteriaText } from '../render/criteria.ts';
import { count } from '../render/format.ts';
import { planText } from '../render/validation-plan.ts';
import { endOfValidation } from './validation-end.ts';

interface Turn {
  /** What follows quick, where that is known. */
  readonly next: ValidationPreviewDto | null;
  /** Somebody may be asked. */
  readonly mayAsk: boolean;
}

/**
 * What becomes of a job that has come to an end or to its question: printed, or asked and followed on; one result, that of the last
 * scheme. Returns the exit status.
 */
export async function inTurn(
  engine: Engine,
  summary: QueueSummaryDto,
  { next, mayAsk }: Turn,
  output: Output,
): Promise<number> {
  const { queueId, state } = summary;
  const asks = state === 'awaiting_confirmation';
  // It may have gone on by itself, where whoever made it said so.
  if (!asks && state !== 'pending') return endOfValidation(engine, summary, output);
  const validations = await engine.call('validation.list', { queueId });
  for (const validation of validations) {
    output.log(`${validation.champion ?? `${validation.symbol} ${validation.timeframe}`}, quick:`);
    output.log(criteriaText(validation.criteria));
  }
  if (!asks) output.log('All criteria of quick are met: going on with full.');
  else {
    const answer = await answerOf(validations, mayAsk);
    if (answer === null) {
      output.log(unansweredText(validations));
      return endOfValidation(engine, summary, output);
    }
    await engine.call('validation.confirm', { queueId, goOn: answer });
    if (!answer) {
      return endOfValidation(engine, await engine.call('queue.summary', { queueId }), output);
    }
  }
  if (next !== null) output.log(planText(next));
  const ended = await followQueue(engine, () => engine.call('queue.start', { queueId }), output);
  return endOfValidation(engine, ended, output);
}

const missedOf = (validations: readonly ValidationDto[]) => validations.filter(({ met }) => met !== true);

async function answerOf(validations: readonly ValidationDto[], mayAsk: boolean): Promise<boolean | null> {
  if (!mayAsk) return null;
  const missed = missedOf(validations).length;
  const which = missed === 1 && validations.length === 1 ? 'quick' : count(missed, 'quick validation');
  const question =
    missed === 0
      ? 'All criteria of quick are met. Go on with full?'
      : `Criteria of ${which} are missed. Go on with full all the same?`;
  return confirm(question, missed === 0);
}

function unansweredText(validations: readonly ValidationDto[]): string {
  return missedOf(validations).length === 0
    ? 'All criteria of quick are met; full was not asked for: --yes goes on with it.'
    : 'Criteria of quick are missed, and nobody is here to say whether to go on all the same: full was not begun.';
}
