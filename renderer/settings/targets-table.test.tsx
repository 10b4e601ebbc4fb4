// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { SeriesDto, SettingsDto } from '../../engine/contract/dto/index.ts';
import { useWorkspace } from '../state/index.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { SettingsPanel } from './settings-form.tsx';
import { readTarget } from './targets.ts';

const share = z.union([z.number(), z.tuple([z.number(), z.number()])]);
const bySymbol = z.record(z.string(), z.strictObject({ accuracy: share, recall: share }).partial());
const costs = z.strictObject({ spread_pips: z.number() });
const schema = z.strictObject({
  validation: z.strictObject({
    criteria: z.strictObject({ quick: z.enum(['auto', 'quick']) }),
    targets: z.strictObject({ quick: bySymbol, full: bySymbol, own: bySymbol }),
  }),
  costs: z.strictObject({ default: costs, symbols: z.record(z.string(), costs.partial()) }),
});
const values = {
  validation: {
    criteria: { quick: 'auto' },
    targets: { quick: { EURUSD: { accuracy: [0.6, 0.63] } }, full: {}, own: {} },
  },
  costs: { default: { spread_pips: 1 }, symbols: {} },
};

let asked: AskedCall[];
beforeEach(() => {
  asked = standInHost();
  const settings = {
    file: 'config.yaml',
    text: '',
    renamed: [],
    values,
    defaults: { ...values, validation: { ...values.validation, targets: { quick: {}, full: {}, own: {} } } },
    help: {},
    schema: z.toJSONSchema(schema, { io: 'input' }),
    note: '',
  } as SettingsDto;
  useWorkspace.setState({ settings, series: [{ symbol: 'GBPUSD' }] as unknown as readonly SeriesDto[] });
});

const cell = (name: string) => screen.getByLabelText<HTMLInputElement>(name);

it('has a row for each stored symbol and each that has targets, and saves what is typed, mode by mode', async () => {
  show(<SettingsPanel />);
  expect(cell('Accuracy of EURUSD').value).toBe('0.6,0.63');
  await userEvent.clear(cell('Accuracy of EURUSD'));
  await userEvent.type(cell('Recall of GBPUSD'), '0.35');
  await userEvent.click(screen.getByRole('radio', { name: 'Full' }));
  await userEvent.type(cell('Accuracy of GBPUSD'), '0.6 to 0.62');
  await userEvent.click(screen.getByRole('button', { name: 'Save settings' }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({
    method: 'settings.set',
    input: {
      changes: {
        'validation.targets.quick.EURUSD.accuracy': null,
        'validation.targets.quick.GBPUSD.recall': 0.35,
        'validation.targets.full.GBPUSD.accuracy': [0.6, 0.62],
      },
    },
  });
});

it('does not send what is no target', async () => {
  show(<SettingsPanel />);
  await userEvent.type(cell('Recall of GBPUSD'), '0.7 to 0.5');
  expect(screen.getByText('Use a number, or two: the lower one first.')).toBeTruthy();
  expect((screen.getByRole('button', { name: 'Save settings' }) as HTMLButtonElement).disabled).toBe(true);
});

it.each([
  ['0.6', { value: 0.6 }],
  [' 0.60 , 0.63', { value: [0.6, 0.63] }],
  ['0.6 to 0.63', { value: [0.6, 0.63] }],
  ['-0.1 0.2', { value: [-0.1, 0.2] }],
  ['a', { problem: expect.any(String) }],
  ['1 2 3', { problem: expect.any(String) }],
  ['', { problem: expect.any(String) }],
])('reads %j', (text, reading) => {
  expect(readTarget(text)).toEqual(reading);
});
