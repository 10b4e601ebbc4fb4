// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';

import type { RegimeDto } from '../../engine/contract/dto/index.ts';
import { useWorkspace } from '../state/index.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { forgetEdit, useEditedRegimes } from './edited.ts';
import { ManageView } from './manage-view.tsx';

// A text field that grows with its text waits for fonts, which there are none of here.
Object.defineProperty(document, 'fonts', { value: new EventTarget() });

const regime = (name: string, rules: RegimeDto['rules']): RegimeDto => ({
  name,
  title: name,
  description: '',
  active: true,
  rules,
});

beforeEach(forgetEdit);

const last = (asked: readonly AskedCall[], method: string) =>
  asked.findLast((one) => one.method === method) as AskedCall;

it('says while rules are typed which regime can get no bar, where nothing moves for it', async () => {
  useWorkspace.setState({
    regimes: [regime('up', { returns: '> 0' }), regime('steep', { returns: '> 0.01' })],
    series: [],
  });
  const asked = standInHost();
  show(<ManageView />);
  await waitFor(() => expect(last(asked, 'regimes.notes')).toBeDefined());
  const note = 'steep never gets a bar: move it before up.';
  await act(async () => {
    last(asked, 'regimes.check').answer([]);
    last(asked, 'regimes.notes').answer([{ regime: 'steep', note }]);
  });
  const list = within(screen.getByRole('list'));
  expect(list.getAllByRole('img').map((one) => one.getAttribute('aria-label'))).toEqual(['Has a note']);
  const editor = () => screen.getByText('Rules are valid', { exact: false });
  expect(editor().closest('[role=status]')).not.toBeNull();
  const place = editor().closest('[role=status]')!.className;

  fireEvent.click(list.getByText('steep'));
  const said = await screen.findByText(note);
  expect(said.closest('[role=status]')!.className).toBe(place);
  expect(screen.queryByText('Rules are valid')).toBeNull();

  fireEvent.change(screen.getByLabelText('Rules (JSON)'), { target: { value: '{ "returns": "< -0.01" }' } });
  const before = asked.length;
  await waitFor(() => expect(asked.length).toBeGreaterThan(before), { timeout: 3000 });
  expect(last(asked, 'regimes.notes').input).toMatchObject({
    regimes: [{ name: 'up' }, { name: 'steep', rules: { returns: '< -0.01' } }],
  });
  await act(async () => last(asked, 'regimes.notes').answer([]));
  expect(screen.queryByText(note)).toBeNull();
  expect(list.queryAllByRole('img')).toEqual([]);
});

it('says before changed rules are saved what they change, and puts a regime where it gets bars', async () => {
  const up = regime('up', { returns: '> 0' });
  useWorkspace.setState({ regimes: [up, regime('steep', { returns: '> 0.01' })], series: [] });
  const asked = standInHost();
  const { unmount } = show(<ManageView />);
  fireEvent.click(screen.getByRole('switch', { name: 'up is active' }));
  fireEvent.click(screen.getByRole('switch', { name: 'up is active' }));
  fireEvent.click(screen.getByRole('button', { name: 'Move up down' }));
  fireEvent.click(screen.getByRole('button', { name: 'Move up up' }));
  expect(useEditedRegimes.getState().base).toBeNull();
  fireEvent.change(screen.getByLabelText('Rules (JSON)'), { target: { value: '{ "returns": "> -1" }' } });

  // Another place and back again: it is still being edited.
  unmount();
  show(<ManageView />);
  expect((screen.getByLabelText('Rules (JSON)') as HTMLTextAreaElement).value).toBe('{ "returns": "> -1" }');

  fireEvent.click(screen.getByRole('button', { name: 'Save regimes' }));
  await waitFor(() => expect(last(asked, 'regimes.preview')).toBeDefined());
  const proposal = {
    name: 'steep',
    before: 'up',
    gets: 120,
    from: [{ name: 'up', bars: 120 }],
    empties: [],
  };
  const preview = {
    changed: ['up'],
    series: [
      {
        symbol: 'EURUSD',
        timeframe: 'H1',
        bars: 5000,
        moved: 1,
        regimes: [{ name: 'up', before: 2000, after: 4990, holds: 4990, takenBy: [] }],
        proposals: [proposal],
      },
    ],
    furtherSeries: 0,
    stale: ['EURUSD/H1/up'],
    champions: 3,
  };
  await act(async () => last(asked, 'regimes.preview').answer(preview));
  expect(screen.getByText('1 of 3 champions becomes stale')).toBeTruthy();
  expect(screen.getByRole('heading', { name: /^EURUSD H1: 1 of 5,000 bars/ })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Place it before up' }));
  expect(useEditedRegimes.getState().drafts.map(({ name }) => name)).toEqual(['steep', 'up']);
  fireEvent.click(screen.getByRole('button', { name: 'Save these rules' }));
  expect(last(asked, 'regimes.save').input).toMatchObject({
    regimes: [{ name: 'steep' }, { name: 'up', rules: { returns: '> -1' } }],
  });
});
