import { common } from '../ui/texts/common.ts';
import type { PlotSection } from './time-plot.tsx';

export const WINDOW_COLORS = { selection: 'var(--accent)', holdout: 'var(--running)' } as const;

export interface TradeWindow {
  readonly part: keyof typeof WINDOW_COLORS;
  readonly name: string;
  /** Bars: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
}

/** The window that strategies are chosen by, and the holdout behind it, where it is shown. */
export function tradeWindows(holdoutFrom: number, bars: number): readonly TradeWindow[] {
  const windows: TradeWindow[] = [
    { part: 'selection', name: common.selection, from: 0, to: holdoutFrom },
    { part: 'holdout', name: common.holdout, from: holdoutFrom, to: bars },
  ];
  return windows.filter(({ part, from, to }) => part === 'selection' || from < to);
}

/** The same as sections of a time plot, the holdout's ground in this color. A window without bars is left out. */
export function windowSections(
  holdoutFrom: number,
  bars: number,
  fill = 'var(--running-soft)',
): PlotSection[] {
  return tradeWindows(holdoutFrom, bars)
    .filter(({ from, to }) => from < to)
    .map((window) => (window.part === 'holdout' ? { ...window, fill } : window));
}
