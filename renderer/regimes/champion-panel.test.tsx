// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import { useWorkspace } from '../state/index.ts';
import { trace } from '../strategy/trace.fixture.ts';
import { champion } from '../testing/champion.ts';
import { type AskedCall, show, standInHost } from '../testing/render.tsx';
import { ChampionPanel } from './champion-panel.tsx';

async function open(change: Partial<ChampionDto> = {}): Promise<AskedCall[]> {
  const asked = standInHost('marks.list');
  show(<ChampionPanel champion={champion(change)} title="Bull trending" />);
  await waitFor(() => expect(asked).toHaveLength(1));
  return asked;
}

const figures = () => screen.getAllByRole('figure').map((one) => one.getAttribute('aria-label'));

describe('the panel of a champion', () => {
  it('draws its own regime alone first, with the drawdown below', async () => {
    const asked = await open();
    const { runId: run, strategyIndex, regime } = champion();
    expect(asked[0]).toMatchObject({ method: 'run.trace', input: { run, strategyIndex, regime } });
    await act(async () => asked[0]!.answer(trace()));
    expect(figures()).toEqual([
      'Equity of the champion, alone in Bull trending',
      'Drawdown',
      'Price and regimes, EURUSD H1',
      'Returns by month',
      'By hour',
      'By weekday',
      'Distribution of results',
      'MAE against MFE',
    ]);
    expect(
      screen.getByRole('img', { name: /^Drawdown\. Selection: at most 3\.1 %; Holdout: at most 5\.2 %$/ }),
    ).toBeTruthy();
    // Nothing is drawn without a canvas.
    expect(document.querySelector('[role=img][hidden][aria-label$="2 trades drawn."]')).toBeTruthy();
  });

  it('draws all regimes when asked to', async () => {
    const asked = await open();
    await act(async () => asked[0]!.answer(trace()));
    await userEvent.click(screen.getByRole('radio', { name: 'All regimes' }));
    const traces = () => asked.filter(({ method }) => method === 'run.trace');
    await waitFor(() => expect(traces()).toHaveLength(2));
    const { runId: run, strategyIndex } = champion();
    expect(traces()[1]!.input).toEqual({ run, strategyIndex });
    await act(async () => traces()[1]!.answer(trace({ alone: null })));
    expect(figures()[0]).toBe('Equity of the champion in all regimes, its own colored');
  });

  it('has the error beside every Sharpe ratio, and what its stakes returned', async () => {
    await open();
    const main = within(screen.getByLabelText('Figures of the champion of Bull trending'));
    expect(main.getByText('1.5 ± 2.0')).toBeTruthy();
    expect(main.getByText('0.9 ± 3.5')).toBeTruthy();
    const stakes = within(screen.getByLabelText('Stakes of the champion of Bull trending'));
    expect(stakes.getByText('6.0 ± 5.0 %')).toBeTruthy();
  });

  it('says that it stands aside, and why', async () => {
    await open({ stale: 'Trading costs have changed since.' });
    expect(screen.getByRole('alert').textContent).toMatch(/^Stands asideTrading costs have changed since\. /);
  });

  it('still shows price and regimes where it can not be followed, and says why', async () => {
    useWorkspace.setState({ regimes: [] });
    const asked = await open();
    await act(async () => asked[0]!.refuse(new EngineError('conflict', 'The candles have changed.')));
    expect(screen.getByText('The candles have changed.')).toBeTruthy();
    await waitFor(() => expect(asked[1]).toMatchObject({ method: 'regimes.test' }));
  });
});
