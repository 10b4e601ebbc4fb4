import { expect, it } from 'vitest';
import { waitingText } from './waiting-text.ts';

const THEN = 'Each model appears here.';

it.each([
  ['grid', 'pending', `Press Start Training above. ${THEN}`],
  ['search', 'pending', `Press Start Search above. ${THEN}`],
  ['walk_forward', 'crashed', `Press Resume above. ${THEN}`],
  ['grid', 'running', THEN],
  ['grid', 'cancelling', THEN],
  ['walk_forward', 'awaiting_confirmation', THEN],
  ['grid', 'completed', 'The job has ended without any: its log and its counts above say why.'],
] as const)('a %s that is %s and has nothing to show leads on', (kind, state, text) => {
  expect(waitingText({ kind, state }, THEN)).toBe(text);
});
