// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { brief, curve, FIGURES, fold, validation } from '../../strategy/testing/validation.ts';
import { show, standInHost } from '../../testing/render.tsx';
import { Procedures } from './procedures.tsx';

const PROCEDURE = brief({ subject: 'procedure', title: '"Small", 4 configurations (ridge)', folds: 2 });

const answered = validation({
  subject: 'procedure',
  regime: null,
  aging: null,
  folds: [fold(0), fold(1)],
  average: { ...FIGURES, accuracy: null },
  regimes: [{ regime: 'bull', folds: 1, stitched: validation().stitched }],
});

it('without a validated grid it says what one would tell', async () => {
  const asked = standInHost();
  show(<Procedures />);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({ method: 'evidence.validations', input: {} });
  await act(async () => asked[0]!.answer([]));
  expect(screen.getByText(/^Not known yet\./)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Validate a grid' }).getAttribute('href')).toBe(
    '#/queue?validate=',
  );
});

it('a procedure stands against flat and the market held, with verdict, figures and what each regime did', async () => {
  const asked = standInHost();
  show(<Procedures />);
  await waitFor(() => expect(asked).toHaveLength(1));
  await act(async () => asked[0]!.answer([PROCEDURE, brief({ ...PROCEDURE, id: 3, symbol: 'GBPUSD' })]));
  await waitFor(() => expect(asked).toHaveLength(3));
  await act(async () => {
    for (const { method, answer } of asked.slice(1)) answer(method === 'validation.get' ? answered : curve());
  });
  const panel = screen.getByRole('region', { name: 'What this way of working would have earned' });
  expect(panel.textContent).toContain('No evidenceOut of sample over 2 folds a Sharpe of 1.2 ± 1.7.');
  const figure = within(panel).getByRole('figure', { name: 'The procedure, fold after fold' });
  expect(within(figure).getByRole('img').getAttribute('aria-label')).toContain(
    'holding the market ends at −0.5 %',
  );
  const legend = within(figure).getByRole('list', { name: 'Legend' }).textContent;
  expect(legend).toContain('FlatThe market held');
  const figures = within(panel).getByLabelText('The procedure, out of sample').textContent;
  expect(figures).toContain('Held instead−0.5 %−1.5 % a year');
  expect(figures).toContain('Max drawdown4.3 %');
  // A procedure claims nothing on a window that chose it.
  expect(figures).not.toContain('efficiency');

  const regimes = within(panel).getByRole('table', { name: 'Each regime alone', hidden: true });
  expect(within(regimes).getAllByRole('row', { hidden: true })[1]!.textContent).toContain('1 of 21.2 ± 1.7');
  const folds = within(panel).getByRole('table', { name: 'Folds', hidden: true });
  expect(folds.textContent).toContain('Win rate');
  expect(folds.textContent).not.toContain('Accuracy');

  await userEvent.selectOptions(within(panel).getByRole('combobox', { name: 'Procedure' }), '3');
  await waitFor(() => expect(asked.map(({ input }) => input)).toContainEqual({ id: 3 }));
});
