import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Simulation, simulate } from '../../backtest/simulator.ts';
import { randomCandles } from '../../market/testing/random-candles.ts';
import { canCompile, compile } from '../../testing/compiler.ts';
import { bundled } from './testing/bundled.ts';
import { ExpertProgram, type TerminalTrade } from './testing/terminal.ts';

/** The whole expert, compiled as C++, in a terminal of our own: it trades what the backtest says that it trades, and keeps out of the way. */

const ROWS = 280;
const HORIZON = 4;
const REGIME = 'bull_trending';
const CANDLES = randomCandles(2700, 'H1', 5);
const folder = mkdtempSync(join(tmpdir(), 'expert-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!canCompile())('an expert in a terminal', () => {
  let expert: ExpertProgram;
  let wanted: TerminalTrade[];
  const first = CANDLES.length - ROWS;
  const whole = (trades: readonly TerminalTrade[]) =>
    trades.filter(({ entry }) => entry <= CANDLES.time[CANDLES.length - 1 - HORIZON]!);

  beforeAll(() => {
    const bundle = bundled({
      candles: CANDLES,
      encoder: 'normalized',
      modelType: 'ridge',
      horizon: HORIZON,
      rows: ROWS,
      strategy: {
        predictionMethod: 'direct',
        ensembleMethod: 'mean',
        confidenceThreshold: 0.1,
        lookbackWindow: 20,
      },
    });
    wanted = simulated(bundle.files);
    expert = new ExpertProgram(bundle, folder, (...files) => compile(...files, '-O1'));
  }, 120_000);

  /** The backtest of the signals that the engine computed, alone in the regime. */
  function simulated(files: ReadonlyMap<string, Uint8Array>): TerminalTrade[] {
    const csv = [...files].find(([name]) => name.endsWith('parity.csv'))![1];
    const [head, ...lines] = Buffer.from(csv).toString().trim().split(/\r?\n/);
    const column = (name: string) => {
      const at = head!.split(',').indexOf(name);
      return lines.map((line) => line.split(',')[at]!);
    };
    const regimes = column('regime');
    const said = column('signal').map(Number);
    const signal = new Int8Array(CANDLES.length);
    said.forEach((value, row) => {
      signal[first + row] = regimes[row] === REGIME ? value : 0;
    });
    const none = new Float64Array(CANDLES.length);
    const market = {
      long: none,
      short: none,
      costPerSide: none,
      stake: none,
      regimeAtOpen: new Uint8Array(CANDLES.length),
    };
    const out = new Simulation(CANDLES.length);
    simulate(signal, market, HORIZON, { from: first, to: CANDLES.length }, out);
    return Array.from({ length: out.trades }, (_, k) => ({
      entry: CANDLES.time[out.entry[k]!]!,
      exit: CANDLES.time[out.exit[k]!]!,
      direction: out.direction[k]!,
    }));
  }

  test('enters and leaves on the bars of the backtest, after a requote, too', () => {
    const directions = new Set(wanted.map(({ direction }) => direction));
    expect(wanted.length).toBeGreaterThan(5);
    expect(directions.size).toBe(2);
    const { trades, said } = expert.run(CANDLES, first + 1, { refusals: 2 });
    expect(said[0]).toContain('parity PASS');
    expect(whole(trades)).toEqual(whole(wanted));
  });

  test('gives an order up after three requotes', () => {
    const { trades, said } = expert.run(CANDLES, first + 1, { refusals: 3 });
    expect(said.filter((line) => line.includes('refused: 10004'))).toHaveLength(3);
    expect(whole(trades)).not.toContainEqual(wanted[0]);
  });

  test("leaves another's position alone: beside it where the account hedges, not at all where it nets", () => {
    const beside = expert.run(CANDLES, first + 1, { stranger: true, hedging: true });
    expect(whole(beside.trades)).toEqual(whole(wanted));
    const netting = expert.run(CANDLES, first + 1, { stranger: true });
    expect(netting.trades).toEqual([]);
    expect(netting.said.join('\n')).toContain('the position is not its own');
  });
});
