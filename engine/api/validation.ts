import type { Handlers } from '../contract/api/index.ts';
import type { ValidationEdits } from '../queue/validation-edits.ts';

type ValidationMethod = Extract<keyof Handlers, `validation.${string}`>;

export function validationHandlers(edits: ValidationEdits): Pick<Handlers, ValidationMethod> {
  return {
    'validation.preview': (input) => edits.preview(input),
    'validation.create': (input) => edits.create(input),
    'validation.confirm': ({ queueId, goOn }) => edits.confirm(queueId, goOn),
    'validation.list': ({ queueId }) => edits.list(queueId),
    'validation.get': ({ id }) => edits.get(id),
  };
}
