import type { PlotSection } from './time-plot.tsx';

export const WINDOW_COLORS = { Selection: 'var(--accent)', Holdout: 'var(--running)' } as const;

export interface TradeWindow {
  readonly name: keyof typeof WINDOW_COLORS;
  /** Bars: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
}

/** The window that strategies are chosen by, and the holdout behind it, where it is shown. */
export function tradeWindows(holdoutFrom: number, bars: number): readonly TradeWindow[] {
  const windows: TradeWindow[] = [
    { name: 'Selection', from: 0, to: holdoutFrom },
    { name: 'Holdout', from: holdoutFrom, to: bars },
  ];
  return windows.filter(({ name, from, to }) => name === 'Selection' || from < to);
}

/** The same as sections of a time plot, the holdout's ground in this color. A window without bars is left out. */
export function windowSections(
  holdoutFrom: number,
  bars: number,
  fill = 'var(--running-soft)',
): PlotSection[] {
  return tradeWindows(holdoutFrom, bars)
    .filter(({ from, to }) => from < to)
    .map((window) => (window.name === 'Holdout' ? { ...window, fill } : window));
}
