import { describe, expect, test } from 'vitest';
import { createPrng, type Prng } from '../../../random/prng.ts';
import { moduleText } from '../../../wasm/testing/compile.ts';
import { EVERY_VALUE } from '../bins.ts';
import { TreeEnsemble } from '../ensemble.ts';
import { createReferenceKernel } from '../kernel/reference.ts';
import { Forward } from './forward.ts';

test('wasm.ts is what forward.as compiles to', async () => {
  const text = await moduleText(
    new URL('forward.as', import.meta.url),
    'engine/models/trees/forward',
    'FORWARD_WASM',
  );
  await expect(text).toMatchFileSnapshot('./wasm.ts');
});

const FEATURES = 5;
/** Of one feature each: too few to be sorted into, and more. */
const CUTS = [1, 16, 24, 25, 300];

/** A tree that grows one leaf at a time: at its newest leaf where `chain`, else at any. */
function randomEnsemble(prng: Prng, leavesOf: readonly number[], chain: boolean): TreeEnsemble {
  const cuts = CUTS.map((count) => {
    // Far apart, most of them share a cell of their span.
    const size = prng.float() < 0.3 ? 1e30 : 1;
    return Float32Array.from({ length: count }, () => prng.normal() * size ** prng.float())
      .sort()
      .map((cut, i) => (i === count - 1 && prng.float() < 0.5 ? EVERY_VALUE : cut));
  });
  const feature: number[] = [];
  const cut: number[] = [];
  const left: number[] = [];
  const roots: number[] = [];
  const addLeaf = (): number => {
    cut.push(0);
    left.push(0);
    return feature.push(-1) - 1;
  };
  for (const leaves of leavesOf) {
    const open = [addLeaf()];
    roots.push(open[0]);
    while (open.length < leaves) {
      const place = chain ? open.length - 1 : prng.int(open.length);
      const node = open[place];
      feature[node] = prng.int(FEATURES);
      cut[node] = prng.int(CUTS[feature[node]]);
      left[node] = addLeaf();
      open[place] = left[node];
      open.push(addLeaf());
    }
  }
  return new TreeEnsemble({
    nodes: {
      roots: Int32Array.from(roots),
      feature: Int32Array.from(feature),
      cut: Uint16Array.from(cut),
      left: Int32Array.from(left),
      missingLeft: Uint8Array.from(feature, () => prng.int(2)),
      value: Float32Array.from(feature, () => prng.normal()),
    },
    cuts,
    base: prng.normal(),
    link: { kind: 'identity' },
    gain: new Float64Array(FEATURES),
    outOfBagRmse: undefined,
    training: undefined,
  });
}

function randomColumns(prng: Prng, rows: number, { parts }: TreeEnsemble): Float64Array[] {
  const odd = [0, -0, 1e300, -1e300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, EVERY_VALUE];
  return Array.from({ length: FEATURES }, (_, f) =>
    Float64Array.from({ length: rows }, () => {
      const draw = prng.float();
      if (draw < 0.05) return odd[prng.int(odd.length)];
      // A cut itself, as a float64 that is rounded to it.
      if (draw < 0.3) return parts.cuts[f][prng.int(CUTS[f])] * (1 + 1e-12);
      return 1.3 * prng.normal();
    }),
  );
}

const reference = createReferenceKernel();

/** One row after the other, in plain TypeScript. */
function walked(ensemble: TreeEnsemble, columns: readonly Float64Array[], from: number, count: number) {
  const out = new Float64Array(count).fill(ensemble.parts.base);
  ensemble.sumTrees(columns, from, count, out, reference);
  return out;
}

describe('a prediction in blocks is bit for bit that of one row after the other', () => {
  test.each([
    ['trees of all sizes', [1, 2, 3, 8, 31, 64, 100, 256, 17, 5], false],
    ['more leaves than a byte counts', [257, 300, 512, 1000, 1024], false],
    ['trees that are one long branch', [2, 5, 40, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200], true],
    ['leaves only', [1, 1], false],
  ])('%s', (_name, leaves, chain) => {
    for (let seed = 1; seed <= 16; seed++) {
      const prng = createPrng(seed);
      const ensemble = randomEnsemble(prng, leaves, chain);
      const rows = [64, 127, 128, 129, 256, 257, 512, 700][seed % 8];
      const from = prng.int(4);
      const columns = randomColumns(prng, rows + from + 3, ensemble);
      const forward = Forward.create();
      const plan = forward?.planOf(ensemble.parts);
      const found = new Float64Array(rows).fill(ensemble.parts.base);
      if (plan === undefined) throw new Error('expected trees that are small enough');
      expect(forward?.sumTrees(plan, columns, from, rows, found)).toBe(rows);
      const wanted = walked(ensemble, columns, from, rows);
      expect(found).toEqual(wanted);
      const predicted = new Float64Array(rows);
      ensemble.predict(columns, from, rows, predicted);
      expect(predicted).toEqual(wanted);
    }
  });

  test('models that take turns do not read each other', () => {
    const prng = createPrng(3);
    const ensembles = [4, 30, 300].map((leaves) => randomEnsemble(prng, [leaves, leaves], false));
    const columns = randomColumns(prng, 300, ensembles[0]);
    const forward = Forward.create();
    const plans = ensembles.map(({ parts }) => forward?.planOf(parts));
    for (const turn of [0, 1, 0, 2, 2, 1, 0]) {
      const ensemble = ensembles[turn];
      const found = new Float64Array(300).fill(ensemble.parts.base);
      forward?.sumTrees(plans[turn]!, columns, 0, 300, found);
      expect(found).toEqual(walked(ensemble, columns, 0, 300));
    }
  });

  test('with values missing beyond the rows that fit in memory at once', () => {
    const rows = 9000;
    const prng = createPrng(5);
    const ensemble = randomEnsemble(prng, [20, 20], false);
    const columns = randomColumns(prng, rows, ensemble);
    const predicted = new Float64Array(rows);
    ensemble.predict(columns, 0, rows, predicted);
    expect(predicted).toEqual(walked(ensemble, columns, 0, rows));
    for (let i = 5000; i < rows; i += 7) columns[i % FEATURES][i] = Number.NaN;
    const found = new Float64Array(rows);
    const forward = Forward.create();
    expect(forward?.sumTrees(forward.planOf(ensemble.parts)!, columns, 0, rows, found)).toBe(4096);
    expect(found.subarray(4096).every((sum) => sum === 0)).toBe(true);
    ensemble.predict(columns, 0, rows, predicted);
    expect(predicted).toEqual(walked(ensemble, columns, 0, rows));
  });

  test('where columns are held, what is known of them is used again, and for no others', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const prng = createPrng(seed);
      const ensembles = [4, 40].map((leaves) => randomEnsemble(prng, [leaves, leaves, leaves], false));
      const rows = [64, 130, 700][seed % 3];
      const held = Uint8Array.from({ length: FEATURES }, () => prng.int(2));
      const [lanes, others] = [0, 1].map(() => randomColumns(prng, rows, ensembles[0]));
      const blocks = [{ first: 0, count: rows }];
      const rollout = {
        columns: lanes,
        held,
        blocks,
        place() {},
        reset() {},
        advance() {},
        weightedSum() {},
      };
      for (let turn = 0; turn < 14; turn++) {
        // Several in a row, then others in between.
        const ensemble = ensembles[turn % 7 < 4 ? 0 : 1];
        const found = new Float64Array(rows);
        ensemble.predictLanes(rollout, found);
        expect(found).toEqual(walked(ensemble, lanes, 0, rows));
        if (turn % 3 === 0) {
          const count = rows - prng.int(2);
          ensemble.predict(others, 0, count, found);
          expect(found.subarray(0, count)).toEqual(walked(ensemble, others, 0, count));
        }
        const moved = randomColumns(prng, rows, ensembles[0]);
        lanes.forEach((column, f) => {
          if (held[f] === 0) column.set(moved[f]);
        });
      }
      const elsewhere = { ...rollout, columns: others };
      const found = new Float64Array(rows);
      for (const ensemble of ensembles) {
        ensemble.predictLanes(elsewhere, found);
        expect(found).toEqual(walked(ensemble, others, 0, rows));
      }
    }
  });

  test('a tree too large for blocks is walked', () => {
    const prng = createPrng(6);
    const ensemble = randomEnsemble(prng, [3, 1100], false);
    const columns = randomColumns(prng, 200, ensemble);
    expect(Forward.create()?.planOf(ensemble.parts)).toBeUndefined();
    const predicted = new Float64Array(200);
    ensemble.predict(columns, 0, 200, predicted);
    expect(predicted).toEqual(walked(ensemble, columns, 0, 200));
  });
});
