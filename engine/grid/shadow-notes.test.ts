import { describe, expect, it } from 'vitest';
import { randomCandles } from '../market/testing/random-candles.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import { createShadowNotes } from './shadow-notes.ts';

const DAY = 86_400_000;
const candles = randomCandles(6000);
const asOf = candles.time.at(-1)! + 3_600_000;
const days = { selectionDays: 60, holdoutDays: 30 };
const start = asOf - 90 * DAY;

function regime(name: string, rules: RegimeDefinition['rules'], active = true): RegimeDefinition {
  return { name, title: name, description: '', active, rules };
}

const up = regime('up', { returns: '> 0' });
const down = regime('down', { returns: '<= 0' });
const busy = regime('busy', { volatility: '> 80th percentile' });

function notesOf(definitions: readonly RegimeDefinition[], series = [candles]): string[] {
  const shadows = createShadowNotes(definitions, days);
  for (const one of series) shadows.look(one, asOf);
  return shadows.notes();
}

/** Bars of the windows that a regime would have alone: those that signals come from. */
function barsAlone(definition: RegimeDefinition): number {
  const labels = labelBars(candles, compileRegimes([definition]), 0, candles.length);
  const last = candles.time.length - 1;
  let bars = 0;
  for (let i = 0; i < last; i++) {
    if (candles.time[i + 1]! >= start && labels[i] === 0) bars++;
  }
  return bars;
}

describe('shadow notes', () => {
  it('count the bars of the windows that models are evaluated on, and no others', () => {
    const bars = barsAlone(busy);
    expect(bars).toBeGreaterThan(50);
    expect(notesOf([up, down, busy])).toEqual([
      `busy never gets a bar of EURUSD H1 in the 90 days that are evaluated: its rules hold on ${bars} bars, and up and down, which stand before it, take all of them. Move busy before up.`,
    ]);
    expect(notesOf([busy, up, down])).toEqual([]);
    expect(notesOf([up, regime('down', down.rules, false), busy])).toEqual([]);
  });

  it('name the markets of a regime once', () => {
    const others = Array.from({ length: 8 }, (_, i) => ({ ...candles, symbol: `PAIR${i}` }));
    const [note, ...more] = notesOf([up, down, busy], others);
    expect(more).toEqual([]);
    expect(note).toContain('of PAIR0 H1, PAIR1 H1, PAIR2 H1, PAIR3 H1, PAIR4 H1, PAIR5 H1 and 2 more in the');
    expect(note).toContain(`hold on ${(8 * barsAlone(busy)).toLocaleString('en-US')} bars`);
  });

  it('leave to others what rules alone tell, and rules on volume where there is none', () => {
    const stricter = regime('stricter', { returns: '> 0.01' });
    expect(notesOf([up, stricter])).toEqual([]);
    const silent = { ...candles, volume: new Float64Array(candles.length) };
    const never = regime('never', { volume: '>= 1x average' });
    expect(notesOf([up, down, never])).not.toEqual([]);
    expect(notesOf([up, down, never], [silent])).toEqual([]);
  });
});
