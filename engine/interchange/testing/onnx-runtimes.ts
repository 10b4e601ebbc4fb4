import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** A model, and rows of float32 numbers as columns. */
export interface OnnxQuestion {
  readonly bytes: Uint8Array;
  readonly columns: readonly Float64Array[];
}

/** By output, a number per row. */
export type OnnxAnswer = Readonly<Record<string, Float32Array>>;

/** What ONNX Runtime 1.14 says, the one of MetaTrader 5. */
export async function oldAnswer({ bytes, columns }: OnnxQuestion): Promise<OnnxAnswer> {
  const session = await InferenceSession.create(bytes);
  const rows = columns[0]!.length;
  const features = new Tensor('float32', rowMajor(columns), [rows, columns.length]);
  const answer = await session.run({ features });
  return Object.fromEntries(session.outputNames.map((name) => [name, answer[name]!.data as Float32Array]));
}

/**
 * What today's ONNX Runtime says (a test peer), of models that ONNX's own checker accepts.
 * @param python runs a script among the peers, and gives what it prints
 * @param folder takes the files
 */
export function newAnswers(
  questions: readonly OnnxQuestion[],
  python: (script: string) => string,
  folder: string,
): OnnxAnswer[] {
  const sizes = questions.map(({ bytes, columns }, k) => {
    writeFileSync(join(folder, `${k}.onnx`), bytes);
    writeFileSync(join(folder, `${k}.rows`), new Uint8Array(rowMajor(columns).buffer));
    return [columns[0]!.length, columns.length];
  });
  const names: string[][] = JSON.parse(
    python(`
import json, os
import numpy as np, onnx, onnxruntime
os.chdir(${JSON.stringify(folder)})
names = []
for k, shape in enumerate(${JSON.stringify(sizes)}):
    onnx.checker.check_model(onnx.load(f"{k}.onnx"), full_check=True)
    session = onnxruntime.InferenceSession(f"{k}.onnx")
    answers = session.run(None, {"features": np.fromfile(f"{k}.rows", dtype="<f4").reshape(shape)})
    names.append([output.name for output in session.get_outputs()])
    for name, answer in zip(names[-1], answers):
        assert answer.dtype == np.float32 and answer.shape == (shape[0], 1)
        answer.tofile(f"{k}.{name}")
print(json.dumps(names))
`),
  );
  return names.map((outputs, k) =>
    Object.fromEntries(
      outputs.map((name) => [name, new Float32Array(readFileSync(join(folder, `${k}.${name}`)).buffer)]),
    ),
  );
}

function rowMajor(columns: readonly Float64Array[]): Float32Array<ArrayBuffer> {
  const width = columns.length;
  const out = new Float32Array(columns[0]!.length * width);
  columns.forEach((column, f) => {
    column.forEach((value, row) => {
      out[row * width + f] = value;
    });
  });
  return out;
}
