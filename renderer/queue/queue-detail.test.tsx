// @vitest-environment jsdom
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { QueueDto } from '../../engine/contract/dto/index.ts';
import { queueFixture } from '../state/testing/queues.ts';
import { show, standInHost } from '../testing/render.tsx';
import { QueueDetail } from './queue-detail.tsx';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  standInHost();
});
afterEach(() => {
  vi.useRealTimers();
});

const detail = (changes: Partial<QueueDto>) => <QueueDetail queue={queueFixture(changes)} />;
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

it('counts from 1 while it trains, and keeps its clock running between what is told', () => {
  const { show: again } = show(detail({ totalConfigs: 192, completed: 64, pending: 128, seconds: 60 }));
  expect(screen.getByText('Training model 65 of 192')).toBeTruthy();
  expect(screen.getByText('1 min 00 s elapsed')).toBeTruthy();
  pass(3_000);
  expect(screen.getByText('1 min 03 s elapsed')).toBeTruthy();
  again(detail({ totalConfigs: 192, completed: 65, pending: 127, seconds: 70 }));
  expect(screen.getByText('1 min 10 s elapsed')).toBeTruthy();
  pass(1_000);
  expect(screen.getByText('1 min 11 s elapsed')).toBeTruthy();
  again(detail({ state: 'paused', seconds: 72 }));
  pass(5_000);
  expect(screen.getByText('1 min 12 s elapsed')).toBeTruthy();
});

it('names another process that trains it, and says nothing of its own', () => {
  const owner = {
    pid: 4711,
    host: 'laptop',
    kind: 'command line',
    since: '2026-01-05T12:03:04.000Z',
    isThis: false,
  } as const;
  const { show: again } = show(detail({ owner }));
  const named = screen.getByText(/Trained by another process/).textContent;
  expect(named).toContain('4711 on laptop (command line), since ');
  again(detail({ owner: { ...owner, kind: null, since: null } }));
  expect(screen.getByText('Trained by another process: 4711 on laptop.')).toBeTruthy();
  again(detail({ owner: { ...owner, isThis: true } }));
  expect(screen.queryByText(/Trained by/)).toBeNull();
});

it('never counts beyond the last', () => {
  show(detail({ completed: 10, pending: 0 }));
  expect(screen.getByText('Training model 10 of 10')).toBeTruthy();
});

it('says what a pending one waits for, and tells crowned, pushed out and kept apart', () => {
  show(
    detail({
      state: 'pending',
      waitingFor: 'Waits for its turn: "Nightly" is in training.',
      crowned: 129,
      pushedOut: 90,
      kept: 39,
    }),
  );
  expect(screen.getByText('Waits for its turn: "Nightly" is in training.')).toBeTruthy();
  const figures = [...document.querySelectorAll('dl[aria-label="Results summary"] > div')].map((figure) => [
    figure.querySelector('dt')?.textContent,
    figure.querySelector('dd')?.textContent,
  ]);
  expect(figures).toEqual(
    expect.arrayContaining([
      ['Crowned', '129'],
      ['Pushed out since', '90'],
      ['Kept now', '39'],
    ]),
  );
});

it('says folds of a job that validates, and nothing of models that it does not keep', () => {
  const { show: again } = show(detail({ kind: 'walk_forward', grid: null }));
  expect(screen.getByText('Computing fold 6 of 10')).toBeTruthy();
  const names = [...document.querySelectorAll('dl[aria-label="Results summary"] dt')].map(
    ({ textContent }) => textContent,
  );
  expect(names).toEqual(['Total', 'Completed', 'Failed', 'Memory', 'On disk']);
  again(detail({ kind: 'walk_forward', grid: null, state: 'completed', completed: 10, pending: 0 }));
  expect(screen.getByText('10 folds computed')).toBeTruthy();
});
