import { expect, test } from 'vitest';
import type { Candles } from '../market/candles.ts';
import { MODEL_TYPES } from '../models/catalog.ts';
import { createContext } from './context.ts';
import { DecodedModels, type NewestBar, NewestBars } from './newest-bar.ts';
import { BARS, cutAfter, full, TARGETS, trainedOn } from './testing/asked-models.ts';

/**
 * What is said at the close of a bar against what a backtest over all later bars says of it: bars are in turn the newest, and every model
 * type is asked with every target.
 */

/** Models that are asked at each bar. */
const AT_ONCE = 2;

test('is said what a backtest over all later bars says: every target, every model type', {
  timeout: 240_000,
}, () => {
  const context = createContext(full);
  const asked = TARGETS.flatMap((target, t) =>
    MODEL_TYPES.filter(({ acts }) => target === 'return' || acts === undefined).map((type, m) =>
      trainedOn(context, type, target, t * MODEL_TYPES.length + m),
    ),
  );
  const { labels, names } = context.regimes;
  const rows = context.candles.length;
  const seen = { signals: new Set<number>(), models: new Set<string>(), exits: 0, silent: 0 };
  const models = new DecodedModels();
  let next = 0;
  // The last bar of the series is no test: the backtest has nothing later either.
  for (let row = rows - 1 - BARS; row < rows - 1; row++) {
    const bars = new NewestBars(models);
    for (let k = 0; k < AT_ONCE; k++) {
      const { name, model, strategy, alone, trace } = asked[next++ % asked.length]!;
      const said = bars.of({ context: cutAfter(row, strategy), model, file: name, modelName: name, alone });
      const at = row - trace.firstRow;
      expect([name, said.modelKey, said.time]).toEqual([name, name, context.candles.time[row]]);
      for (const [is, was] of [
        [said.forecast, trace.forecast[at]],
        [said.confidence, trace.confidence[at]],
        [said.signal, trace.signal[at]],
        [said.roundTripCost, context.evaluated.roundTripCost[at]],
      ]) {
        if (!Object.is(is, was)) expect.fail(`${name} says ${is} of row ${row}, its backtest ${was}`);
      }
      expect(said.regime).toBe(names[labels[row]!]);
      const first = context.candles.time.indexOf(said.since) - trace.firstRow;
      expect(new Set(trace.signal.subarray(first, at + 1))).toEqual(new Set([said.signal]));
      if (first > 0) expect(trace.signal[first - 1]).not.toBe(said.signal);
      seen.models.add(name);
      seen.signals.add(said.signal);
      if (said.exits !== null) seen.exits++;
      if (alone !== null && said.regime !== alone) seen.silent++;
    }
  }
  expect(seen.models.size).toBe(asked.length);
  expect(seen.signals).toEqual(new Set([-1, 0, 1]));
  expect(seen.exits).toBeGreaterThan(20);
  expect(seen.silent).toBeGreaterThan(20);
});

test('what was said of earlier bars is not asked again, unless one of them was corrected', () => {
  const context = createContext(full);
  const asked = [
    ['ridge', 'return', 2],
    ['xgboost', 'outcome 1.5:1', 5],
  ].map(([type, target, index]) =>
    trainedOn(context, MODEL_TYPES.find(({ name }) => name === type)!, String(target), Number(index)),
  );
  // A model of returns that is rolled forward, and one with two sides.
  expect(asked.map(({ strategy }) => strategy.predictionMethod)).toEqual(['recursive', 'direct_multi']);
  const models = new DecodedModels();
  const end = context.candles.length - 20;
  const say = (row: number, known: DecodedModels, change?: (of: Candles) => Candles): NewestBar[] => {
    const bars = new NewestBars(known);
    return asked.map(({ name, model, strategy, alone }) => {
      const cut = cutAfter(row, strategy);
      const candles = change?.(cut.candles) ?? cut.candles;
      return bars.of({ context: { ...cut, candles }, model, file: name, modelName: name, alone });
    });
  };
  for (const row of [end, end + 1, end + 1, end + 4]) {
    const said = say(row, models);
    expect(said).toEqual(say(row, new DecodedModels()));
    expect(said.map(({ forecast }, k) => [k, forecast])).toEqual(
      asked.map(({ trace }, k) => [k, trace.forecast[row - trace.firstRow]]),
    );
  }
  const corrected = (of: Candles): Candles => {
    const close = of.close.slice();
    close[end - 10] = of.high[end - 10]!;
    return { ...of, close };
  };
  const said = say(end + 5, models, corrected);
  expect(said).toEqual(say(end + 5, new DecodedModels(), corrected));
  expect(said).not.toEqual(say(end + 5, models));
});
