import { EngineError } from '../../contract/errors.ts';
import { type Calibration, SUREST } from '../../models/calibration/calibration.ts';
import { LinearMember } from '../../models/linear/member.ts';
import type { Member } from '../../models/model.ts';
import { StackMember } from '../../models/stack/member.ts';
import { TreeEnsemble } from '../../models/trees/ensemble.ts';
import type { Column, Graph } from './graph.ts';
import { DOUBLE } from './messages.ts';
import { treesOutput } from './trees.ts';

/**
 * What a member says, per row of `features`, by the operations that it predicts with.
 * @throws EngineError `invalid-input` for a kind of member that has no graph
 */
export function memberOutput(graph: Graph, features: string, member: Member): Column {
  if (member instanceof TreeEnsemble) return treesOutput(graph, features, member);
  if (member instanceof LinearMember) return linearOutput(graph, features, member);
  if (member instanceof StackMember) return stackOutput(graph, features, member);
  throw new EngineError(
    'invalid-input',
    'The model is made neither of coefficients nor of trees, so there is no ONNX graph of it.',
  );
}

/** Features count from their means before they are multiplied, as in training: folded into the intercept the means would cancel. */
function linearOutput(
  graph: Graph,
  features: string,
  { used, coefficients, means, intercept, task }: LinearMember,
): Column {
  const size = used.length;
  const sum =
    size === 0
      ? zeros(graph, features)
      : graph.node('MatMul', [
          graph.node('Sub', [
            picked(graph, features, [...used]),
            graph.constant({ dims: [1, size], doubles: means }),
          ]),
          graph.constant({ dims: [size, 1], doubles: coefficients }),
        ]);
  const score = graph.node('Add', [sum, graph.scalar(intercept)]);
  return task === 'classes' ? graph.probability(score) : score;
}

function picked(graph: Graph, features: string, columns: readonly number[]): string {
  const indices = graph.constant({ dims: [columns.length], integers: columns });
  return graph.node('Gather', [features, indices], { axis: 1 });
}

/** 0 in each row, whatever its features are: nothing is less than itself. */
function zeros(graph: Graph, features: string): Column {
  const first = picked(graph, features, [0]);
  return graph.node('Cast', [graph.node('Less', [first, first])], { to: DOUBLE });
}

function stackOutput(graph: Graph, features: string, { task, center, parts }: StackMember): Column {
  const isClasses = task === 'classes';
  const says = parts.map(({ member, weight }) => {
    const output = memberOutput(graph, features, member);
    const counted = isClasses ? logOddsOf(graph, output) : output;
    return graph.scaled(graph.node('Sub', [counted, graph.scalar(center)]), { offset: 0, slope: weight });
  });
  const score = graph.scaled(says.length === 0 ? zeros(graph, features) : graph.sum(says), {
    offset: center,
    slope: 1,
  });
  return isClasses ? graph.probability(score) : score;
}

function logOddsOf(graph: Graph, probability: Column): Column {
  const q = graph.node('Clip', [probability, graph.scalar(SUREST), graph.scalar(1 - SUREST)]);
  return graph.node('Log', [graph.node('Div', [q, graph.node('Sub', [graph.scalar(1), q])])]);
}

/** A probability, made one that comes true as often as it says. */
export function calibrated(graph: Graph, probability: Column, calibration: Calibration): Column {
  if (calibration.kind === 'none') return probability;
  const score = logOddsOf(graph, probability);
  if (calibration.kind === 'sigmoid') return graph.probability(graph.scaled(score, calibration));
  return onSteps(graph, score, calibration);
}

/**
 * A line from step to step: to the lowest probability each stretch adds its rise times the part of it that lies below the score, 0 to 1.
 */
function onSteps(
  graph: Graph,
  score: Column,
  {
    scores,
    probabilities,
  }: { readonly scores: readonly number[]; readonly probabilities: readonly number[] },
): Column {
  const size = scores.length - 1;
  const lowest = probabilities[0]!;
  if (size === 0) return graph.scaled(score, { offset: lowest, slope: 0 });
  const pieces = (of: (k: number) => number) => Array.from({ length: size }, (_, k) => of(k));
  const row = (of: (k: number) => number) => graph.constant({ dims: [1, size], doubles: pieces(of) });
  const beyond = graph.node('Sub', [score, row((k) => scores[k]!)]);
  const part = graph.node('Div', [beyond, row((k) => scores[k + 1]! - scores[k]!)]);
  const risen = graph.node('MatMul', [
    graph.node('Clip', [part, graph.scalar(0), graph.scalar(1)]),
    graph.constant({ dims: [size, 1], doubles: pieces((k) => probabilities[k + 1]! - probabilities[k]!) }),
  ]);
  return graph.scaled(risen, { offset: lowest, slope: 1 });
}
