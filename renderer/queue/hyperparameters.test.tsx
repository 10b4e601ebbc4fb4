// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import type { Parameter } from '../ui/json-schema.ts';
import { clearDraft, editList, useDraft } from './draft.ts';
import { toGrid } from './grid-draft.ts';
import { Hyperparameters } from './hyperparameters.tsx';

const ALPHA: Parameter = {
  ...{ key: 'alpha', kind: 'number', list: false, description: 'Penalty.', min: 0, max: 10 },
  ...{ choices: [], fallback: 1 },
} as const;

beforeEach(() => {
  clearDraft();
  editList('model_types', ['ridge']);
});

const fields = (problems: { path: string; message: string }[] = []) =>
  show(<Hyperparameters modelType="ridge" parameters={[ALPHA]} problems={problems} />);
const apart = () => screen.queryByRole('switch', { name: 'LONG and SHORT model apart' });

it('has fields for each model where all that is learned has two, on demand', async () => {
  editList('targets', ['barrier 2:1', 'outcome 2:1']);
  fields();
  const user = userEvent.setup();
  await user.click(apart()!);
  const short = within(screen.getByRole('group', { name: 'SHORT' }));
  await user.type(short.getByRole('combobox', { name: /Penalty/ }), '3{Enter}');
  expect(toGrid(useDraft.getState().draft).hyperparameters).toEqual({
    ridge: { long: {}, short: { alpha: 3 } },
  });
  await user.click(apart()!);
  expect(screen.getAllByRole('combobox')).toHaveLength(1);
});

it('has fields for one model where a target has one, and says what is wrong with all of them', () => {
  editList('targets', ['barrier 2:1', 'return']);
  fields([{ path: 'hyperparameters.ridge', message: 'too many' }]);
  expect(apart()).toBeNull();
  expect(screen.getByText('too many')).toBeTruthy();
});
