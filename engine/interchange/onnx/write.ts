import { modelType } from '../../models/catalog.ts';
import type { ModelFile } from '../../models/codec.ts';
import { PLAIN_SCALE } from '../../models/scaled-member.ts';
import { targetOf } from '../../targets/catalog.ts';
import { type Column, Graph } from './graph.ts';
import { DOUBLE, encodeModel, FLOAT } from './messages.ts';
import { joinedSides, sideOf } from './sides.ts';

/** What MetaTrader 5 reads (ONNX Runtime 1.14), and everything newer. */
const IR_VERSION = 8;
const OPSETS = { '': 18, 'ai.onnx.ml': 3 };
const INPUT = 'features';

/** A float32 per row that leaves the graph. */
export interface OnnxOutput {
  readonly name: string;
  /** A sentence's beginning. */
  readonly meaning: string;
}

export interface OnnxExport {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly outputs: readonly OnnxOutput[];
}

/**
 * A model as one graph of ONNX. Rows of float32 features go in, in the order of `featureNames`; everything is computed in double, in the engine's own
 * operations, calibration and scale of each member and their mean included; each output is rounded to float32 once.
 *
 * Outputs: `forecast`, what the ensemble method `mean` says, in log return, or in ATR(14) where trades have exits; of a model of classes
 * `probability`; of a run with a LONG and a SHORT model those of each side behind it.
 * @param member from 1: it alone; undefined: the mean of all
 * @throws EngineError `invalid-input` for a type of model that has no graph
 */
export function exportOnnx(file: ModelFile, member: number | undefined): OnnxExport {
  const { configuration, featureNames } = file;
  const graph = new Graph();
  // Doubles that are float32 numbers: trees compare them as the engine does.
  const features = graph.node('Cast', [INPUT], { to: DOUBLE });
  const results = resultsOf(graph, features, file, member);
  for (const { name, column } of results) graph.result(name, 'Cast', column, { to: FLOAT });
  const bytes = encodeModel({
    producer: 'Regimen',
    doc: `${configuration.modelType}, ${configuration.symbol} ${configuration.timeframe}, target ${configuration.target}: ${results[0]!.meaning}.`,
    irVersion: IR_VERSION,
    opsets: OPSETS,
    metadata: {
      config_hash: file.configHash,
      training_key: file.modelKey,
      model_type: configuration.modelType,
      symbol: configuration.symbol,
      timeframe: configuration.timeframe,
      target: configuration.target,
      horizon: String(configuration.horizon),
      encoder: configuration.encoder,
      members:
        member === undefined ? `mean of ${file.members.length}` : `${member} of ${file.members.length}`,
      features: JSON.stringify(featureNames),
    },
    nodes: graph.nodes,
    constants: graph.constants,
    inputs: [
      {
        name: INPUT,
        columns: featureNames.length,
        doc: 'one row per bar; the metadata "features" name its columns',
      },
    ],
    outputs: results.map(({ name, meaning }) => ({ name, columns: 1, doc: meaning })),
  });
  return { bytes, outputs: results.map(({ name, meaning }) => ({ name, meaning })) };
}

interface Result extends OnnxOutput {
  readonly column: Column;
}

function resultsOf(graph: Graph, features: string, file: ModelFile, only: number | undefined): Result[] {
  const { modelType: name, target, horizon } = file.configuration;
  const type = modelType(name);
  const scaled = file.members.map((bytes, k) => ({
    member: type.decode(bytes),
    scale: file.scales?.[k] ?? PLAIN_SCALE,
    calibration: file.calibrations?.[k],
  }));
  const bars = horizon === 1 ? '1 bar' : `${horizon} bars`;
  const trade = (side: string) =>
    `expected result, in ATR(14), of a ${side}trade (${target}) of at most ${bars}`;
  const { exits } = targetOf(target);
  const hit = 'probability that it reaches its take-profit';
  const given = (name: string, meaning: string, column: Column | undefined): Result[] =>
    column === undefined ? [] : [{ name, meaning, column }];

  if (exits === null || only !== undefined) {
    const { forecast, probability } = sideOf(
      graph,
      features,
      only === undefined ? scaled : [scaled[only - 1]!],
    );
    return [
      ...given(
        'forecast',
        exits === null ? `expected log return over the next ${bars}` : trade(''),
        forecast,
      ),
      ...given('probability', exits === null ? 'probability that it is above 0' : hit, probability),
    ];
  }
  const each = scaled.length / 2;
  const long = sideOf(graph, features, scaled.slice(0, each));
  const short = sideOf(graph, features, scaled.slice(each));
  return [
    ...given(
      'forecast',
      'expected result, in ATR(14), of the better trade; below 0 it is SHORT',
      joinedSides(graph, long.forecast, short.forecast),
    ),
    ...given('long', trade('LONG '), long.forecast),
    ...given('short', trade('SHORT '), short.forecast),
    ...given('long_probability', hit, long.probability),
    ...given('short_probability', hit, short.probability),
  ];
}
