// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { SettingsDto } from '../../engine/contract/dto/index.ts';
import { useWorkspace } from '../state/index.ts';
import { type AskedCall, refusal, show, standInHost } from '../testing/render.tsx';
import { SettingsPanel, useSettingsEdits } from './settings-form.tsx';

const costs = z.strictObject({ spread_pips: z.number().min(0) });
const schema = z.strictObject({
  queue: z.strictObject({ threads: z.int().min(1).max(256), skip_already_trained: z.boolean() }),
  storage: z.strictObject({ min_free_mb: z.int().min(0).max(1_000_000) }),
  costs: z.strictObject({ default: costs, symbols: z.record(z.string(), costs.partial()) }),
});
const values = {
  queue: { threads: 4, skip_already_trained: true },
  storage: { min_free_mb: 500 },
  costs: { default: { spread_pips: 1 }, symbols: {} },
};
const SETTINGS: SettingsDto = {
  file: 'config.yaml',
  text: '',
  renamed: [],
  values,
  defaults: { ...values, queue: { threads: 2, skip_already_trained: true } },
  help: {},
  schema: z.toJSONSchema(schema, { io: 'input' }),
  note: '',
};

let asked: AskedCall[];
beforeEach(() => {
  asked = standInHost();
  useSettingsEdits.setState({ edits: {} });
  useWorkspace.setState({ settings: SETTINGS, series: [] });
});

const threads = () => screen.getByLabelText<HTMLInputElement>('Threads');
const saveButton = () => screen.getByRole('button', { name: 'Save settings' });

async function type(text: string): Promise<void> {
  await userEvent.clear(threads());
  await userEvent.type(threads(), text);
}

it('sends what was changed and nothing else, and is clean again', async () => {
  show(<SettingsPanel />);
  expect(screen.queryByRole('button', { name: 'Save settings' })).toBeNull();
  await type('8');
  await userEvent.click(saveButton());
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({ method: 'settings.set', input: { changes: { 'queue.threads': 8 } } });
  const saved = { ...SETTINGS, values: { ...values, queue: { threads: 8, skip_already_trained: true } } };
  await act(async () => asked[0]!.answer(saved));
  expect(threads().value).toBe('8');
  expect(screen.queryByRole('button', { name: 'Save settings' })).toBeNull();
});

it('does not send what is out of bounds, and says what would do', async () => {
  show(<SettingsPanel />);
  await type('999');
  expect(screen.getByText('Use a whole number, 1 to 256.')).toBeTruthy();
  expect(screen.getByText('0 changes, 1 field to correct')).toBeTruthy();
  expect((saveButton() as HTMLButtonElement).disabled).toBe(true);
  expect(asked).toEqual([]);
});

it('puts a refusal at its field and keeps the edit', async () => {
  show(<SettingsPanel />);
  await type('8');
  await userEvent.click(saveButton());
  await waitFor(() => expect(asked).toHaveLength(1));
  const message = 'This machine has 2 cores.';
  await act(async () => asked[0]!.refuse(refusal({ path: 'queue.threads', message })));
  expect(screen.getByText(message)).toBeTruthy();
  expect(threads().value).toBe('8');
  await type('2');
  expect(screen.queryByText(message)).toBeNull();
});

it('goes back to the default, and to what was saved', async () => {
  show(<SettingsPanel />);
  await userEvent.click(screen.getByRole('button', { name: 'Reset Threads to default' }));
  expect(threads().value).toBe('2');
  await userEvent.click(screen.getByRole('button', { name: 'Discard changes' }));
  expect(threads().value).toBe('4');
});

it('says which names of other systems the file uses', () => {
  const renamed = [{ path: 'queue.max_inference_workers', today: 'queue.threads', line: 3 }];
  useWorkspace.setState({ settings: { ...SETTINGS, renamed } });
  show(<SettingsPanel />);
  expect(screen.getByText(/queue\.max_inference_workers is queue\.threads here/)).toBeTruthy();
});
