import { expect, it } from 'vitest';
import { DEMO_GRID } from '../../grid/demo-grid.ts';
import { createContext } from '../../pipeline/context.ts';
import { runJob } from '../run-job.ts';
import { rehearsals } from './rehearsals.ts';

it('is what a grid trains: each model type of the demo on each timeframe, by all strategies', () => {
  const parts = rehearsals();
  expect(parts.map(({ context }) => context.candles.timeframe)).toEqual(DEMO_GRID.timeframes);
  for (const { context, cells } of parts) {
    expect(cells.map(({ configuration }) => configuration.modelType)).toEqual(DEMO_GRID.model_types);
    expect(context.candles.time.buffer).toBeInstanceOf(SharedArrayBuffer);
    const made = createContext(context);
    for (const cell of cells) {
      const result = runJob(context, () => made, cell);
      expect(result.status).toBe('completed');
    }
  }
});
