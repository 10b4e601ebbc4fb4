import type { AttributeValue, Node, Tensor } from './messages.ts';

/** Name of a value in a graph: doubles, one per row, in a column. */
export type Column = string;

/** Collects nodes and constants under names of their own, in the order in which they are asked for. */
export class Graph {
  readonly nodes: Node[] = [];
  readonly constants = new Map<string, Tensor>();
  readonly #scalars = new Map<number, string>();

  /** The output of a node of ONNX itself. */
  node(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, AttributeValue>>,
  ): Column {
    return this.add({ type, inputs, ...(attributes === undefined ? {} : { attributes }) });
  }

  add(node: Omit<Node, 'output'>): Column {
    const output = `${node.type}_${this.nodes.length}`;
    this.nodes.push({ ...node, output });
    return output;
  }

  /** The last node that is asked for, under the name by which it leaves the graph. */
  result(
    name: string,
    type: string,
    input: string,
    attributes: Readonly<Record<string, AttributeValue>>,
  ): void {
    this.nodes.push({ type, inputs: [input], output: name, attributes });
  }

  constant(tensor: Tensor): string {
    const name = `constant_${this.constants.size}`;
    this.constants.set(name, tensor);
    return name;
  }

  /** A double that fits beside a column. Equal ones are one. */
  scalar(value: number): string {
    const known = this.#scalars.get(value);
    if (known !== undefined) return known;
    const name = this.constant({ dims: [], doubles: [value] });
    this.#scalars.set(value, name);
    return name;
  }

  /** offset + slope x; what changes nothing is left out. */
  scaled(x: Column, { offset, slope }: { readonly offset: number; readonly slope: number }): Column {
    const product = slope === 1 ? x : this.node('Mul', [x, this.scalar(slope)]);
    return offset === 0 ? product : this.node('Add', [product, this.scalar(offset)]);
  }

  sum(columns: readonly Column[]): Column {
    return columns.reduce((sum, column) => this.node('Add', [sum, column]));
  }

  mean(columns: readonly Column[]): Column {
    return columns.length === 1
      ? columns[0]!
      : this.node('Div', [this.sum(columns), this.scalar(columns.length)]);
  }

  /** 1 / (1 + exp(-z)), in the steps that the engine takes. */
  probability(z: Column): Column {
    const one = this.scalar(1);
    return this.node('Div', [one, this.node('Add', [this.node('Exp', [this.node('Neg', [z])]), one])]);
  }
}
