// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChampionDto, ScoreDto, SettingsDto } from '../../engine/contract/dto/index.ts';
import { useWorkspace } from '../state/index.ts';
import { champion } from '../testing/champion.ts';
import { show } from '../testing/render.tsx';
import { ChampionsTable } from './champions-table.tsx';
import type { RegimeRow } from './rows.ts';

const settings = { values: { evaluation: { min_trades_per_regime: 10 } } } as unknown as SettingsDto;

beforeEach(() => useWorkspace.setState({ settings }));

function open(change: Partial<ChampionDto> = {}) {
  const row: RegimeRow = {
    key: 'one',
    regime: 'bull_trending',
    title: 'Bull trending',
    retired: undefined,
    champion: champion(change),
  };
  show(<ChampionsTable rows={[row]} selected={undefined} onSelect={() => undefined} />);
}

/** The cell below a head. */
function cell(head: string): HTMLElement {
  const heads = screen.getAllByRole('columnheader').map((one) => one.textContent);
  return within(screen.getAllByRole('row')[1]!).getAllByRole('cell')[heads.indexOf(head)]!;
}

const score = (change: Partial<ScoreDto>) => ({ ...champion().holdout!, ...change });
const toneIn = (head: string) => cell(head).querySelector<HTMLElement>('[data-tone]')?.dataset.tone;

describe('a champion in the table', () => {
  it('has its error beside every Sharpe ratio', () => {
    open({ sharpe: 4.04, sharpeError: 1.96, holdout: score({ sharpe: -0.31, sharpeError: 3.5 }) });
    expect(cell('Sharpe').textContent).toBe('4.0 ± 2.0');
    expect(cell('Holdout Sharpe').textContent).toBe('−0.3 ± 3.5');
  });

  it('has a dash where the holdout saw no trade', () => {
    open({ holdout: score({ sharpe: 0, sharpeError: 2, trades: 0 }) });
    expect(cell('Holdout Sharpe').textContent).toBe('–');
  });

  it('hides the holdout until the look at it is spent, and says why', () => {
    const hidden = 'The holdout is hidden.';
    open({ holdout: null, holdoutLook: { ...champion().holdoutLook, opened: null, hidden } });
    expect(cell('Holdout Sharpe').textContent).toBe('Hidden');
    expect(within(cell('Holdout Sharpe')).getByTitle(hidden)).toBeTruthy();
  });

  it('is gray where trades were too few to mean anything', () => {
    open({ trades: 10, holdout: score({ sharpe: 9, trades: 9 }) });
    expect(toneIn('Sharpe')).toBeUndefined();
    expect(toneIn('Holdout Sharpe')).toBe('few');
  });

  it('stands out above luck alone, and is nowhere green', () => {
    open({ sharpe: 1.5 });
    expect(toneIn('Sharpe')).toBeUndefined();
    expect(document.querySelector('[class*=gain], [data-tone=gain], [style*=gain]')).toBeNull();
  });

  it('says above luck without green', () => {
    open({ sharpe: 1.7 });
    expect(toneIn('Sharpe')).toBe('above');
    expect(document.querySelector('[class*=gain], [data-tone=gain], [style*=gain]')).toBeNull();
  });

  it('has a p, or a dash that says what is not counted', () => {
    open();
    expect(cell('p').textContent).toBe('0.310');
  });

  it('has a dash where not all that was tried is counted, and says why', () => {
    const missing = 'What 3 models tried here before is not counted.';
    open({ p: null, luck: { ...champion().luck, sharpe: null, missing } });
    expect(cell('p').textContent).toBe('–');
    expect(within(cell('p')).getByTitle(missing)).toBeTruthy();
    expect(cell('Luck').textContent).toBe('–');
    expect(toneIn('Sharpe')).toBeUndefined();
  });

  it('tells its composite score and what its stakes returned', () => {
    open();
    expect(cell('Composite').textContent).toBe('0.55');
    expect(cell('ROI').textContent).toBe('4.0 %');
  });

  it('is said to stand aside where it does, with the reason', async () => {
    open({ stale: 'Trading costs have changed.' });
    expect(within(cell('Best model')).getByText('Stands aside')).toBeTruthy();
    await userEvent.hover(within(cell('Best model')).getByText('Stands aside'));
    expect((await screen.findByRole('tooltip')).textContent).toBe('Trading costs have changed.');
    expect(screen.queryByRole('img', { name: 'Has a best model' })).toBeNull();
  });

  it('says where its model file is missing', () => {
    open({ modelMissing: true });
    expect(within(cell('Best model')).getByText('File missing')).toBeTruthy();
  });
});
