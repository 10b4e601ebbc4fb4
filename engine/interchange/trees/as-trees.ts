import { EngineError } from '../../contract/errors.ts';
import { logOdds } from '../../models/calibration/calibration.ts';
import type { Member } from '../../models/model.ts';
import { StackMember } from '../../models/stack/member.ts';
import { type EnsembleParts, type Link, TreeEnsemble } from '../../models/trees/ensemble.ts';

/**
 * A member as one sum of trees, as formats of trees hold it: a tree model itself, or a stack of tree models, whose leaves are multiplied by
 * their weights and rounded to float32.
 * @param features how many columns it expects
 * @throws EngineError `invalid-input` for a member that is no such sum
 */
export function asTrees(member: Member, features: number): TreeEnsemble {
  if (member instanceof TreeEnsemble) return member;
  if (member instanceof StackMember) return stackAsTrees(member, features);
  throw new EngineError('invalid-input', 'The model has no trees to write.');
}

function stackAsTrees({ task, center, parts }: StackMember, features: number): TreeEnsemble {
  const isClasses = task === 'classes';
  const link: Link = { kind: isClasses ? 'probability' : 'identity' };
  const weighed = parts.map(({ member, weight, modelType }) => {
    const trees = member instanceof TreeEnsemble ? member.parts : undefined;
    if (
      trees === undefined ||
      trees.link.kind !== link.kind ||
      (isClasses && !staysBelow(trees, SUREST_ODDS))
    ) {
      throw new EngineError(
        'invalid-input',
        `The ensemble is no one sum of leaves: its part of type ${modelType} is none, or says probabilities so near to 0 or 1 that they are cut off.`,
      );
    }
    return { trees, weight };
  });
  const base = weighed.reduce((sum, { trees, weight }) => sum + weight * (trees.base - center), center);
  return new TreeEnsemble({
    ...joined(weighed, features),
    base,
    link,
    outOfBagRmse: undefined,
    training: undefined,
  });
}

/** Beyond these a stack counts log odds as these. */
const SUREST_ODDS = logOdds(1);

/** Whether no row's sum can be as far from 0. */
function staysBelow({ nodes, base }: EnsembleParts, most: number): boolean {
  let reach = Math.abs(base);
  nodes.roots.forEach((root, t) => {
    const end = nodes.roots[t + 1] ?? nodes.feature.length;
    let largest = 0;
    for (let node = root; node < end; node++) {
      if (nodes.feature[node]! < 0) largest = Math.max(largest, Math.abs(nodes.value[node]!));
    }
    reach += largest;
  });
  return reach < most;
}

/** All their trees, behind each other, with cuts that they share. */
function joined(
  weighed: readonly { readonly trees: EnsembleParts; readonly weight: number }[],
  features: number,
): Pick<EnsembleParts, 'nodes' | 'cuts' | 'gain'> {
  const cuts = Array.from({ length: features }, (_, f) =>
    Float32Array.from(new Set(weighed.flatMap(({ trees }) => [...trees.cuts[f]!]))).sort(),
  );
  const places = cuts.map((own) => new Map(Array.from(own, (cut, place) => [cut, place])));
  const [roots, feature, cut, left, missingLeft, value]: number[][] = [[], [], [], [], [], []];
  const gain = new Float64Array(features);
  for (const { trees, weight } of weighed) {
    const first = feature!.length;
    const { nodes } = trees;
    for (const root of nodes.roots) roots!.push(first + root);
    nodes.feature.forEach((f, node) => {
      feature!.push(f);
      cut!.push(f < 0 ? 0 : places[f]!.get(trees.cuts[f]![nodes.cut[node]!]!)!);
      left!.push(f < 0 ? nodes.left[node]! : first + nodes.left[node]!);
      missingLeft!.push(nodes.missingLeft[node]!);
      value!.push(weight * nodes.value[node]!);
    });
    trees.gain.forEach((of, f) => {
      gain[f]! += weight * of;
    });
  }
  return {
    nodes: {
      roots: Int32Array.from(roots!),
      feature: Int32Array.from(feature!),
      cut: Uint16Array.from(cut!),
      left: Int32Array.from(left!),
      missingLeft: Uint8Array.from(missingLeft!),
      value: Float32Array.from(value!),
    },
    cuts,
    gain,
  };
}
