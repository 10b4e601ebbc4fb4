import { ByteReader, ByteWriter } from '../byte-stream.ts';
import type { Agent, Member } from '../model.ts';
import { findLeaves } from './extra-trees.ts';
import type { FittedAgent, ValuedTree } from './fitted-q.ts';

const POSITIONS = 3;

/**
 * Means over its trees of what the leaves of a row say. As a forecast, half of W(x, long) - W(x, short): by how much it would rather be
 * long, log return.
 */
export class AgentMember implements Member {
  readonly task = 'returns';
  readonly parts: FittedAgent;
  readonly agent: Agent;
  #leaves = new Int32Array(0);
  #values = new Float64Array(0);

  constructor(parts: FittedAgent) {
    this.parts = parts;
    this.agent = {
      values: (columns, from, count, out) =>
        this.#mean(columns, from, count, POSITIONS, ({ values }) => values, out),
      nextBar: (columns, from, count, out) =>
        this.#mean(columns, from, count, 1, ({ forecast }) => forecast, out),
    };
  }

  predict(columns: readonly Float64Array[], from: number, count: number, out: Float64Array): void {
    if (this.#values.length < POSITIONS * count) this.#values = new Float64Array(POSITIONS * count);
    const values = this.#values;
    this.agent.values(columns, from, count, values);
    for (let i = 0; i < count; i++) out[i] = (values[POSITIONS * i + 2] - values[POSITIONS * i]) / 2;
  }

  #mean(
    columns: readonly Float64Array[],
    from: number,
    count: number,
    width: number,
    of: (tree: ValuedTree) => Float64Array,
    out: Float64Array,
  ): void {
    if (this.#leaves.length < count) this.#leaves = new Int32Array(count);
    const leaves = this.#leaves;
    const { trees } = this.parts;
    out.fill(0, 0, width * count);
    for (const tree of trees) {
      findLeaves(tree, columns, from, count, leaves, 0);
      const said = of(tree);
      for (let i = 0; i < count; i++) {
        for (let k = 0; k < width; k++) out[width * i + k] += said[width * leaves[i] + k];
      }
    }
    for (let i = 0; i < width * count; i++) out[i] /= trees.length;
  }
}

export function encodeAgent({ parts: { trees, gain, splits, trust } }: AgentMember): Uint8Array {
  const out = new ByteWriter();
  out.float64(trust);
  out.varint(gain.length);
  for (const values of [gain, splits]) for (const value of values) out.float64(value);
  out.varint(trees.length);
  for (const { feature, cut, values, forecast } of trees) {
    out.varint(feature.length);
    for (const of of feature) out.varint(of + 1);
    feature.forEach((of, node) => {
      if (of >= 0) out.float64(cut[node]);
    });
    for (const value of values) out.float64(value);
    for (const value of forecast) out.float64(value);
  }
  return out.finish();
}

/** @throws EngineError `artifact-damaged` unless the bytes are exactly one agent */
export function decodeAgent(bytes: Uint8Array): AgentMember {
  const reader = new ByteReader(bytes);
  const numbers = (count: number) => Float64Array.from({ length: count }, () => reader.float64());
  const trust = reader.float64();
  const features = reader.count();
  const gain = numbers(features);
  const splits = numbers(features);
  const trees = Array.from({ length: reader.count() }, () => decodeTree(reader, features, numbers));
  if (trees.length === 0) throw reader.damaged();
  reader.end();
  return new AgentMember({ trees, gain, splits, trust });
}

/** Nodes stand in the order they were split in, so that children and leaves are numbered as they come. */
function decodeTree(
  reader: ByteReader,
  features: number,
  numbers: (count: number) => Float64Array,
): ValuedTree {
  const nodes = reader.count();
  const feature = new Int32Array(nodes);
  const next = new Int32Array(nodes);
  let leaves = 0;
  let children = 1;
  for (let node = 0; node < nodes; node++) {
    feature[node] = reader.varint() - 1;
    if (feature[node] >= features) throw reader.damaged();
    if (feature[node] < 0) {
      next[node] = leaves++;
    } else {
      // Before it is known whether all children follow: one that stood before its parent would go round for ever.
      if (children <= node) throw reader.damaged();
      next[node] = children;
      children += 2;
    }
  }
  if (children !== nodes) throw reader.damaged();
  const cut = Float64Array.from(feature, (of) => (of < 0 ? 0 : reader.float64()));
  return { feature, cut, next, leaves, values: numbers(POSITIONS * leaves), forecast: numbers(leaves) };
}
