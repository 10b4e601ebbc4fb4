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
import type { QueueEdits } from '../queue/edits.ts';
import { parameterDto } from '../queue/search-spec.ts';
import { defaultSpace } from '../search/default-space.ts';

type GridMethod = Extract<keyof Handlers, `grid.${string}`>;

export function gridHandlers(
  config: () => Config,
  edits: Pick<QueueEdits, 'preview'>,
): Pick<Handlers, GridMethod> {
  return {
    'grid.options': () => ({
      modelTypes: MODEL_TYPES.map(({ name, title, description, hyperparameters }) => ({
        name,
        title,
        description,
        hyperparameters: z.toJSONSchema(hyperparameters, { io: 'input' }),
        space: defaultSpace(name).map(parameterDto),
      })),
      encoders: ENCODERS,
      indicators: INDICATORS,
      timeframes: TIMEFRAMES,
      strategies: strategyGrid(strategyAxes(config())).length,
    }),
    'grid.demo': () => DEMO_GRID,
    'grid.read': ({ text, file }) => readGridText(text, file),
    'grid.write': ({ grid }) => ({ text: gridText(grid) }),
    'grid.preview': ({ grid, ...wishes }) => edits.preview(grid, wishes),
  };
}
