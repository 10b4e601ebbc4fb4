// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../engine/contract/errors.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { invalidate } from './topics.ts';
import { useCall } from './use-call.ts';

let asked: AskedCall[];
beforeEach(() => {
  asked = standInHost();
});

function Probe({ run }: { readonly run: string | null }) {
  const { data, error, loading } = useCall('history.get', run === null ? null : { run });
  const id = (data as { id: number } | undefined)?.id;
  return <output>{`${id ?? 'none'} ${error?.message ?? 'fine'} ${loading ? 'loading' : 'idle'}`}</output>;
}

const said = () => screen.getByRole('status').textContent;
const callsMade = (count: number) => waitFor(() => expect(asked).toHaveLength(count));

describe('useCall', () => {
  it('drops an answer that comes after one to a newer input', async () => {
    const { show: rerender } = show(<Probe run="1" />);
    await callsMade(1);
    rerender(<Probe run="2" />);
    await callsMade(2);
    await act(async () => asked[1]!.answer({ id: 2 }));
    expect(said()).toBe('2 fine idle');
    await act(async () => asked[0]!.answer({ id: 1 }));
    expect(said()).toBe('2 fine idle');
  });

  it('drops a late error, too', async () => {
    const { show: rerender } = show(<Probe run="1" />);
    await callsMade(1);
    rerender(<Probe run="2" />);
    await callsMade(2);
    await act(async () => asked[1]!.answer({ id: 2 }));
    await act(async () => asked[0]!.refuse(new EngineError('not-found', 'There is no run 1.')));
    expect(said()).toBe('2 fine idle');
  });

  it('shows the last answer while a newer one is under way, and when that fails', async () => {
    const { show: rerender } = show(<Probe run="1" />);
    await callsMade(1);
    await act(async () => asked[0]!.answer({ id: 1 }));
    rerender(<Probe run="2" />);
    await callsMade(2);
    expect(said()).toBe('1 fine loading');
    await act(async () => asked[1]!.refuse(new EngineError('not-found', 'There is no run 2.')));
    expect(said()).toBe('1 There is no run 2. idle');
  });

  it('asks nothing without an input', async () => {
    show(<Probe run={null} />);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toEqual([]);
    expect(said()).toBe('none fine idle');
  });

  it('asks again when a topic of the method moves on, at most once a second', async () => {
    function Series() {
      const { data } = useCall('market.list', {});
      return <output>{data?.length ?? 'none'}</output>;
    }
    show(<Series />);
    await callsMade(1);
    await act(async () => asked[0]!.answer([]));
    const before = performance.now();
    act(() => invalidate(['series']));
    act(() => invalidate(['series']));
    await waitFor(() => expect(asked).toHaveLength(2), { timeout: 3000 });
    expect(performance.now() - before).toBeGreaterThan(700);
    await act(async () => asked[1]!.answer([{ symbol: 'EURUSD' }]));
    expect(said()).toBe('1');
  });
});
