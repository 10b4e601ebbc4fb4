import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/**
 * The messages of ONNX that a model needs, with the field numbers of `onnx.proto`
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3); what is not listed there is not written.
 */

/** `TensorProto.DataType`. */
export const FLOAT = 1;
export const INT64 = 7;
export const DOUBLE = 11;

/** A constant tensor. */
export type Tensor =
  | { readonly dims: readonly number[]; readonly doubles: ArrayLike<number> }
  | { readonly dims: readonly number[]; readonly integers: readonly number[] };

/** A number is an INT. */
export type AttributeValue = number | string | readonly number[] | readonly string[] | Tensor;

export interface Node {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Absent: that of ONNX itself. */
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** A float32 matrix; the number of its rows is free. */
export interface Matrix {
  readonly name: string;
  readonly columns: number;
  /** What it holds, for people. */
  readonly doc: string;
}

export interface Model {
  readonly producer: string;
  readonly doc: string;
  readonly irVersion: number;
  readonly opsets: Readonly<Record<string, number>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly nodes: readonly Node[];
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly inputs: readonly Matrix[];
  readonly outputs: readonly Matrix[];
}

/** Bytes of a `ModelProto`. Equal models give equal bytes. */
export function encodeModel(model: Model): Uint8Array<ArrayBuffer> {
  const out = new Message();
  out.integer(1, model.irVersion);
  out.text(2, model.producer);
  out.text(6, model.doc);
  out.message(7, (graph) => {
    for (const node of model.nodes) graph.message(1, (message) => writeNode(message, node));
    graph.text(2, 'regimen');
    for (const [name, tensor] of model.constants) {
      graph.message(5, (message) => {
        writeTensor(message, tensor);
        message.text(8, name);
      });
    }
    for (const input of model.inputs) graph.message(11, (message) => writeMatrix(message, input));
    for (const output of model.outputs) graph.message(12, (message) => writeMatrix(message, output));
  });
  for (const [domain, version] of Object.entries(model.opsets)) {
    out.message(8, (opset) => {
      opset.text(1, domain);
      opset.integer(2, version);
    });
  }
  for (const [key, value] of Object.entries(model.metadata)) {
    out.message(14, (entry) => {
      entry.text(1, key);
      entry.text(2, value);
    });
  }
  return out.finish();
}

function writeNode(out: Message, { type, inputs, output, domain, attributes = {} }: Node): void {
  for (const input of inputs) out.text(1, input);
  out.text(2, output);
  out.text(3, output);
  out.text(4, type);
  for (const [name, value] of Object.entries(attributes)) {
    out.message(5, (attribute) => {
      attribute.text(1, name);
      writeAttribute(attribute, value);
    });
  }
  if (domain !== undefined) out.text(7, domain);
}

function writeAttribute(out: Message, value: AttributeValue): void {
  const type = (number: number) => out.integer(20, number);
  if (typeof value === 'number') {
    out.integer(3, value);
    type(2);
  } else if (typeof value === 'string') {
    out.text(4, value);
    type(3);
  } else if ('dims' in value) {
    out.message(5, (tensor) => writeTensor(tensor, value));
    type(4);
  } else if (typeof value[0] === 'string') {
    for (const text of value as readonly string[]) out.text(9, text);
    type(8);
  } else {
    for (const number of value as readonly number[]) out.integer(8, number);
    type(7);
  }
}

/** The data as it lies in memory, little-endian: `raw_data`. */
function writeTensor(out: Message, tensor: Tensor): void {
  for (const size of tensor.dims) out.integer(1, size);
  const values = 'doubles' in tensor ? tensor.doubles : tensor.integers;
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (let i = 0; i < values.length; i++) {
    if ('doubles' in tensor) view.setFloat64(8 * i, values[i]!, true);
    else view.setBigInt64(8 * i, BigInt(values[i]!), true);
  }
  out.integer(2, 'doubles' in tensor ? DOUBLE : INT64);
  out.bytes(9, new Uint8Array(view.buffer));
}

function writeMatrix(out: Message, { name, columns, doc }: Matrix): void {
  out.text(1, name);
  out.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.integer(1, FLOAT);
      tensor.message(2, (shape) => {
        shape.message(1, (rows) => rows.text(2, 'rows'));
        shape.message(1, (size) => size.integer(1, columns));
      });
    }),
  );
  out.text(3, doc);
}

/** Fields of one message after the other. */
class Message {
  readonly #out: BinaryWriter;

  constructor(out = new BinaryWriter()) {
    this.#out = out;
  }

  integer(field: number, value: number): void {
    this.#out.tag(field, WireType.Varint).int64(value);
  }

  text(field: number, value: string): void {
    this.#out.tag(field, WireType.LengthDelimited).string(value);
  }

  bytes(field: number, value: Uint8Array): void {
    this.#out.tag(field, WireType.LengthDelimited).bytes(value);
  }

  message(field: number, write: (message: Message) => void): void {
    this.#out.tag(field, WireType.LengthDelimited).fork();
    write(this);
    this.#out.join();
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#out.finish();
  }
}
