import type { Engine } from '../../../engine/app.ts';
import type { QueueSummaryDto, ValidationDto } from '../../../engine/contract/dto/index.ts';
import {
  EXIT_INTERRUPTED,
  EXIT_SUCCESS,
  EXIT_TRAINING_FAILED,
  EXIT_VALIDATION_FAILED,
} from '../../host/exit-status.ts';
import type { Output } from '../output.ts';
import { validationsText, validationText } from '../render/validation.ts';
import { validationJson } from '../render/validation-json.ts';

/** Prints what a job validated, and returns the exit status. */
export async function endOfValidation(
  engine: Engine,
  summary: QueueSummaryDto,
  output: Output,
): Promise<number> {
  const validations = lastScheme(await engine.call('validation.list', { queueId: summary.queueId }));
  printValidations(validations, output);
  return statusOfValidation(engine, summary, validations, output);
}

/** Of a sequential job that went on, what it went on to. */
function lastScheme(validations: readonly ValidationDto[]): readonly ValidationDto[] {
  const scheme = validations.at(-1)?.scheme;
  return validations.filter((validation) => validation.scheme === scheme);
}

/** More are told as a table: nobody reads so many pages. */
const MOST_IN_FULL = 3;

/** One document of one validation; of several, a list in which each says what it is of. */
function printValidations(validations: readonly ValidationDto[], output: Output): void {
  const [one] = validations;
  const json =
    validations.length === 1 && one !== undefined
      ? validationJson(one)
      : validations.map((validation) => {
          const { symbol, timeframe, champion } = validation;
          return { symbol, timeframe, champion, ...validationJson(validation) };
        });
  output.result(json, () =>
    validations.length <= MOST_IN_FULL
      ? validations.map(validationText).join('\n\n\n')
      : `${validationsText(validations)}\n\nAll of one: \`regimen validate show VALIDATION\`.`,
  );
}

function statusOfValidation(
  engine: Engine,
  { state, queueId, failures }: QueueSummaryDto,
  validations: readonly ValidationDto[],
  output: Output,
): number {
  if (state === 'paused' || state === 'cancelled') {
    if (state === 'paused') {
      output.log(
        `Paused. To go on: npm run -s regimen -- jobs resume ${queueId} --workspace ${engine.workspace}`,
      );
    }
    return EXIT_INTERRUPTED;
  }
  if (state === 'awaiting_confirmation') {
    output.log(
      `The job waits for an answer: npm run -s regimen -- validate confirm ${queueId} --workspace ${engine.workspace} (--no leaves it at quick)`,
    );
  } else if (state !== 'completed') {
    for (const { configuration, error } of failures)
      output.log(`failed: ${configuration}: ${error}`, 'error');
    return EXIT_TRAINING_FAILED;
  }
  return validations.every(({ met }) => met === true) ? EXIT_SUCCESS : EXIT_VALIDATION_FAILED;
}
