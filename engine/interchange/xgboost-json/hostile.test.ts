import { describe, expect, it } from 'vitest';
import { learnableLabels, normalColumns, trainingSet } from '../../models/trees/testing/sets.ts';
import { xgboost, xgboostParameters } from '../../models/trees/xgboost.ts';
import { hostileFiles, hostileJson, withstand } from '../../testing/hostile.ts';
import { importXgboostJson } from './read.ts';
import { exportXgboostJson } from './write.ts';

/** Whatever a model file of another program holds, it is read or refused with the place, soon. */

const columns = normalColumns(6, 3, 400);
const parameters = xgboostParameters.parse({ n_estimators: 2, max_depth: 3 });
const text = exportXgboostJson(
  [xgboost.fit(trainingSet(columns, learnableLabels(7, columns)), parameters)],
  ['a', 'b', 'c'],
);
const attempt = (json: string) => void importXgboostJson(json);
const state = () => 0;

describe('a hostile model', () => {
  it('of other bytes', async () => {
    const inputs = hostileFiles(Buffer.from(text), 13, 60).map(({ title, content }) => ({
      title,
      content: Buffer.from(content).toString(),
    }));
    await withstand({ inputs, attempt, state, refused: 40 });
  });

  it('of other values', async () => {
    expect(() => attempt(text)).not.toThrow();
    await withstand({ inputs: hostileJson(JSON.parse(text), 14, 200), attempt, state, refused: 120 });
  });
});
