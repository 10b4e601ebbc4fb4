// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { show, standInHost } from '../testing/render.tsx';
import { ExportModel } from './export-model.tsx';

let asked: ReturnType<typeof standInHost>;
beforeEach(() => {
  asked = standInHost();
});
const open = () => userEvent.click(screen.getByRole('button', { name: 'Export' }));
const FORMATS = [
  { format: 'onnx', title: 'ONNX', ending: '.onnx', refusal: null },
  { format: 'csv', title: 'Coefficients as CSV', ending: '.csv', refusal: 'it has no coefficients' },
];

it('offers the formats that there are of a model, and says why not the others', async () => {
  show(<ExportModel run="12" kept />);
  expect(asked).toHaveLength(0);
  await open();
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({ method: 'model.formats', input: { run: '12' } });
  await act(async () => asked[0]!.answer({ formats: FORMATS }));
  const refused = await screen.findByRole('menuitem', { name: /Coefficients as CSV/ });
  expect(refused.textContent).toContain('Not possible: it has no coefficients');
  expect(refused).toHaveProperty('disabled', true);
  await userEvent.click(screen.getByRole('menuitem', { name: 'ONNX' }));
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toMatchObject({ method: 'model.export', input: { run: '12', format: 'onnx' } });
});

it('writes the run itself, of one without a model, too', async () => {
  show(<ExportModel run="12" kept={false} />);
  await open();
  expect(await screen.findByText('Its model was not kept')).toBeTruthy();
  await userEvent.click(screen.getByRole('menuitem', { name: /to be trained again elsewhere/ }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({ method: 'run.export', input: { run: '12' } });
});
