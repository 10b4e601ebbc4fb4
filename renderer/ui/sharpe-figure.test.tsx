// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import { Num } from './num.tsx';
import { SharpeFigure, SharpeMetric, type SharpeScore, sharpeText } from './sharpe-figure.tsx';

const SCORE: SharpeScore = { sharpe: 4.04, sharpeError: 1.96, trades: 30 };

const toneOf = (score: SharpeScore, luck?: number | null, minTrades: number | undefined = 10) => {
  const { unmount } = show(<SharpeFigure term="sharpe" score={score} luck={luck} minTrades={minTrades} />);
  const tone = screen.getByTitle(/^Sharpe ±/).dataset.tone;
  unmount();
  return tone;
};

describe('SharpeFigure', () => {
  it('has its error beside it', () => {
    show(<SharpeFigure term="sharpe" score={SCORE} minTrades={10} />);
    expect(screen.getByText('4.0 ± 2.0')).toBeTruthy();
    expect(sharpeText({ sharpe: -0.04, sharpeError: 2, trades: 30 })).toBe('0.0 ± 2.0');
    expect(sharpeText({ ...SCORE, sharpeError: null })).toBe('4.0');
  });

  it('is a dash where no trade was made', () => {
    expect(sharpeText({ ...SCORE, trades: 0 })).toBe('–');
    expect(sharpeText({ ...SCORE, trades: null })).toBe('–');
    expect(sharpeText({ ...SCORE, sharpe: null })).toBe('–');
    expect(toneOf({ ...SCORE, trades: 0 }, 1)).toBeUndefined();
  });

  it('stands out above luck only, and never where that is not known', () => {
    expect(toneOf(SCORE, 4.1)).toBeUndefined();
    expect(toneOf(SCORE, 4.04)).toBeUndefined();
    expect(toneOf(SCORE, 3.9)).toBe('above');
    expect(toneOf(SCORE, null)).toBeUndefined();
    expect(toneOf(SCORE)).toBeUndefined();
  });

  it('is never green nor red, since no sign is evidence', () => {
    for (const sharpe of [-40, -4, 4, 40]) {
      const { unmount } = show(
        <SharpeFigure term="sharpe" score={{ ...SCORE, sharpe }} luck={1} minTrades={10} />,
      );
      expect(screen.getByTitle(/^Sharpe ±/).className).not.toMatch(/gain|loss/);
      unmount();
    }
  });

  it('is gray and slanted from fewer trades than a champion needs, whatever it is', () => {
    for (const sharpe of [4, -4]) {
      expect(toneOf({ ...SCORE, sharpe, trades: 9 }, 1)).toBe('few');
      expect(toneOf({ ...SCORE, sharpe, trades: 10 }, 1)).not.toBe('few');
    }
    show(<SharpeFigure term="sharpe" score={{ ...SCORE, trades: 9 }} minTrades={10} />);
    expect(screen.getByTitle(/From 9 trades only; a champion needs 10/)).toBeTruthy();
  });

  it('stands under its name as other figures do', () => {
    show(<SharpeMetric term="holdoutSharpe" score={SCORE} minTrades={10} note="30 trades" />);
    expect(screen.getByText('Holdout Sharpe').closest('div')?.textContent).toBe(
      'Holdout Sharpe4.0 ± 2.030 trades',
    );
  });
});

it('no other figure is green, since a sign says nothing of luck', () => {
  show(<Num term="totalReturn" value={0.1} />);
  expect(screen.getByText('10.0 %').className).not.toMatch(/gain/);
  show(<Num term="totalReturn" value={-0.2} />);
  expect(screen.getByText('−20.0 %').className).toMatch(/loss/);
});
