import { z } from 'zod';
import { strategyAxes } from '../binding/settings.ts';
import type { Config } from '../config/schema.ts';
import type { Handlers } from '../contract/api/index.ts';
import { TIMEFRAMES } from '../contract/timeframe.ts';
import { ENCODERS, INDICATORS } from '../contract/words.ts';
import { DEMO_GRID } from '../grid/demo-grid.ts';
import { gridText, readGridText } from '../grid/text.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import { MODEL_TYPES } from '../models/catalog.ts';

export function gridHandlers(
  config: () => Config,
): Pick<Handlers, 'grid.options' | 'grid.demo' | 'grid.read' | 'grid.write'> {
  return {
    'grid.options': () => ({
      modelTypes: MODEL_TYPES.map(({ name, title, description, hyperparameters }) => ({
        name,
        title,
        description,
        hyperparameters: z.toJSONSchema(hyperparameters, { io: 'input' }),
      })),
      encoders: ENCODERS,
      indicators: INDICATORS,
      timeframes: TIMEFRAMES,
      strategies: strategyGrid(strategyAxes(config())).length,
    }),
    'grid.demo': () => DEMO_GRID,
    'grid.read': ({ text, file }) => readGridText(text, file),
    'grid.write': ({ grid }) => ({ text: gridText(grid) }),
  };
}
