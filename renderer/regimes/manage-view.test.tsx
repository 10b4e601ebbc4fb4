// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { RegimeDto } from '../../engine/contract/dto/index.ts';
import { useWorkspace } from '../state/index.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
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
