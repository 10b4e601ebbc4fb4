// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { ValidationDto } from '../../engine/contract/dto/index.ts';
import { queueFixture } from '../state/testing/queues.ts';
import { validation } from '../strategy/testing/validation.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { GoOn } from './go-on.tsx';
import { ValidationResults } from './validation-results.tsx';

const QUEUE = queueFixture({ id: 5, kind: 'walk_forward', state: 'awaiting_confirmation', grid: null });
const criterion = (met: boolean): ValidationDto['criteria'][number] => ({
  metric: 'spearman',
  errors: 0,
  bound: 'least',
  threshold: 0.03,
  value: met ? 0.05 : 0.01,
  baseRate: null,
  met,
  distance: met ? 0.02 : -0.02,
});
const quick = (met: boolean) =>
  validation({
    scheme: 'quick',
    jobState: 'awaiting_confirmation',
    champion: null,
    met,
    criteria: [criterion(met)],
  });

let asked: AskedCall[];
beforeEach(() => {
  asked = standInHost();
});

async function open(...validations: readonly ValidationDto[]): Promise<HTMLElement> {
  show(<GoOn queue={QUEUE} />);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({ method: 'validation.list', input: { queueId: 5 } });
  await act(async () => asked[0]!.answer(validations));
  await userEvent.click(screen.getByRole('button', { name: 'Go on with full?' }));
  return screen.findByRole('dialog');
}
const answers = () => asked.filter(({ method }) => method === 'validation.confirm').map(({ input }) => input);

it('proposes full where all is met: Enter says yes', async () => {
  const dialog = await open(quick(true));
  expect(within(dialog).getByText('All criteria of quick are met: full is worth its time.')).toBeTruthy();
  await waitFor(() =>
    expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Yes, go on with full' })),
  );
  await userEvent.keyboard('{Enter}');
  expect(answers()).toEqual([{ queueId: 5, goOn: true }]);
});

it('says which criteria are missed and what usually helps, and Enter says no', async () => {
  const dialog = await open(quick(false), { ...quick(true), id: 8 });
  expect(within(dialog).getByText(/^Criteria are missed in 1 of 2 validations/)).toBeTruthy();
  expect(within(dialog).getByText(/more days of training, other features, a longer horizon/)).toBeTruthy();
  await waitFor(() =>
    expect(document.activeElement).toBe(
      within(dialog).getByRole('button', { name: 'No, leave it at quick' }),
    ),
  );
  await userEvent.keyboard('{Enter}');
  expect(answers()).toEqual([{ queueId: 5, goOn: false }]);
});

it('a page of a job has folds, criteria, what helps, and the refit', async () => {
  show(<ValidationResults queue={QUEUE} />);
  await waitFor(() => expect(asked).toHaveLength(1));
  const train = { from: '2020-01-01T00:00:00.000Z', to: '2026-05-01T00:00:00.000Z', bars: 9000 };
  const refit = { file: 'ridge.model', bytes: 2048, train, asOf: '2026-06-01T00:00:00.000Z', error: null };
  await act(async () => asked[0]!.answer([{ ...quick(false), scheme: 'full', refit }]));
  const panel = screen.getByRole('region', { name: 'Full: EURUSD H1' });
  expect(within(panel).getByRole('table', { name: 'Folds, full of EURUSD H1' })).toBeTruthy();
  expect(within(panel).getByText('Missed')).toBeTruthy();
  expect(panel.textContent).toMatch(
    /Refit ready: trained on 9,000 bars until 2026-05-01, all data as of 2026-06-01/,
  );
});
