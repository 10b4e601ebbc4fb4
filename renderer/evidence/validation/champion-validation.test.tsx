// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { brief, curve, validation } from '../../strategy/testing/validation.ts';
import { champion } from '../../testing/champion.ts';
import { show, standInHost } from '../../testing/render.tsx';
import { ChampionValidation } from './champion-validation.tsx';

const CHAMPION = champion({ totalReturn: Math.expm1(0.05) });

it('without a validation there is the way to one', async () => {
  const asked = standInHost();
  show(<ChampionValidation champion={CHAMPION} />);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({ method: 'evidence.validations', input: { champion: CHAMPION.champion } });
  await act(async () => asked[0]!.answer([]));
  expect(screen.getByRole('link', { name: 'Validate this champion' }).getAttribute('href')).toBe(
    '#/queue?validate=EURUSD%2FH1%2Fbull_trending',
  );
});

it('a validation stands with its curve, folds over their base rates, aging apart and criteria with their distance', async () => {
  const asked = standInHost();
  show(<ChampionValidation champion={CHAMPION} />);
  await waitFor(() => expect(asked).toHaveLength(1));
  await act(async () => asked[0]!.answer([brief()]));
  await waitFor(() => expect(asked).toHaveLength(3));
  expect(
    asked
      .slice(1)
      .map(({ method }) => method)
      .sort(),
  ).toEqual(['evidence.curve', 'validation.get']);
  await act(async () => {
    for (const { method, answer } of asked.slice(1))
      answer(method === 'validation.get' ? validation() : curve());
  });

  const figure = screen.getByRole('figure', { name: 'Out of sample, fold after fold' });
  expect(within(figure).getByRole('img').getAttribute('aria-label')).toContain(
    '2 counted folds end at 2.1 %',
  );
  expect(within(figure).getByRole('list', { name: 'Legend' }).textContent).toContain(
    '5 to 95 % on each day by itself',
  );
  expect(within(figure).getByText('Not counted: models were chosen on these days')).toBeTruthy();

  const rows = within(screen.getByRole('table', { name: 'Folds' })).getAllByRole('row');
  expect(rows.map((row) => within(row).queryByRole('rowheader')?.textContent ?? '')).toEqual([
    '',
    'Average of 2 counted folds',
    '1',
    '2',
    '3 ○ not counted',
    expect.stringContaining('In no average'),
    'Aging 1',
  ]);
  expect(rows[2]!.textContent).toContain('0.52base 0.56');
  expect(rows[2]!.textContent).toContain('0.041 ± 0.021');
  expect(rows[2]!.textContent).toContain('2024-01-01 – 2024-06-293,000 bars');

  const figures = screen.getByLabelText('Out of sample, own').textContent!;
  // Adjusted p, not that of the curve alone; 6.5 % a year of 5 % in 410 bars of 6,200 a year.
  expect(figures).toContain('0.310');
  expect(figures).toContain('9 %of 75.6 % a year');
  expect(screen.getByText(/^At this rate some 6,000 more bars/)).toBeTruthy();
  expect(screen.getByRole('figure', { name: 'Spearman by age of the model' }).textContent).toContain(
    'It loses 0.012 in 30 days.',
  );
  expect(screen.getByRole('figure', { name: 'Sharpe by age of the model' }).textContent).toContain(
    'It gains 0.3 in 30 days.',
  );
  const criteria = within(screen.getByRole('table', { name: 'Criteria' })).getAllByRole('row');
  expect(criteria[2]!.textContent).toContain('Sharpe less its errorabove 0.00−0.51–−0.51Missed');
});

it('of several validations the one that decides is shown, and while folds are missing there is no verdict', async () => {
  const asked = standInHost();
  show(<ChampionValidation champion={CHAMPION} />);
  await waitFor(() => expect(asked).toHaveLength(1));
  await act(async () =>
    asked[0]!.answer([
      brief({ pending: 2, outOfSample: null, verdict: null }),
      brief({ id: 9, scheme: 'quick', decisive: false }),
    ]),
  );
  const choice = screen.getByRole('radiogroup', { name: 'Validation' });
  expect(
    within(choice)
      .getAllByRole('radio')
      .map((radio) => (radio as HTMLInputElement).checked),
  ).toEqual([true, false]);
  expect(choice.textContent).toBe('Own windows, decidesQuick');
  await waitFor(() => expect(asked).toHaveLength(3));
  const none = { ...validation().stitched, folds: 0, sharpe: null, t: null };
  await act(async () => {
    for (const { method, answer } of asked.slice(1)) {
      answer(
        method === 'validation.get'
          ? validation({ stitched: none, verdict: null, met: null, criteria: [] })
          : curve({ days: [], net: [], band: null, folds: [] }),
      );
    }
  });
  expect(screen.getByText(/^2 folds of 4 still to compute/)).toBeTruthy();
  expect(screen.getByText(/^No fold counts yet/)).toBeTruthy();
  expect(screen.queryByRole('figure', { name: 'Out of sample, fold after fold' })).toBeNull();
});
