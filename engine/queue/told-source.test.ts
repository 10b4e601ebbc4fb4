import { afterEach, expect, it, vi } from 'vitest';
import type { CellSource } from '../cells/cell-source.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { create, train, useEngines } from '../testing/engines.ts';
import { TWELVE } from '../testing/workspace.ts';

const sources: CellSource[] = [];
vi.mock('../grid/source.ts', async (original) => {
  const module = await original<typeof import('../grid/source.ts')>();
  return {
    createGridSource(...grid: Parameters<typeof module.createGridSource>) {
      const source = module.createGridSource(...grid);
      sources.push(source);
      return source;
    },
  };
});

const { createWorkspace, open } = useEngines();
afterEach(() => {
  sources.length = 0;
});

const SMALL: GridSpecInput = { ...TWELVE, days_history: [60], horizons: [3] };

it('a source is told of every cell: trained, trained before, and skipped since by another queue', async () => {
  const engine = open(createWorkspace());
  const first = await create(engine, { ...SMALL, model_types: ['ridge'] });
  await train(engine, first);
  const before = await create(engine, { ...SMALL, model_types: ['ridge', 'lasso'] });
  const since = await create(engine, { ...SMALL, model_types: ['lasso', 'linear_regression'] });
  for (const queueId of [before, since]) {
    sources.length = 0;
    await train(engine, queueId);
    expect(sources.map((source) => source.estimate().cells)).toEqual([{ total: 2, remaining: 0 }]);
  }
});
