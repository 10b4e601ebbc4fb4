import type { ModelFile } from '../../models/codec.ts';
import type { Member } from '../../models/model.ts';
import { PLAIN_SCALE, type Scale } from '../../models/scaled-member.ts';
import type { Column, Graph } from './graph.ts';
import { calibrated, memberOutput } from './members.ts';
import { areSums, meanOfTrees } from './trees.ts';

/** What members of one model say together. */
export interface Side {
  /** In log return, or in the target's own unit. */
  readonly forecast: Column;
  /** Of class 1, calibrated; undefined where members say none. */
  readonly probability: Column | undefined;
}

/** A member with what makes its output a forecast. */
export interface ScaledOutput {
  readonly member: Member;
  readonly scale: Scale;
  readonly calibration: NonNullable<ModelFile['calibrations']>[number] | undefined;
}

/** The mean of members, each calibrated and scaled by itself; see `scaledMember`, whose steps these are. */
export function sideOf(graph: Graph, features: string, members: readonly ScaledOutput[]): Side {
  const plain = members.map(({ member }) => member);
  const isScaled = ({ scale, calibration }: ScaledOutput) =>
    calibration !== undefined || scale.offset !== PLAIN_SCALE.offset || scale.slope !== PLAIN_SCALE.slope;
  if (!members.some(isScaled) && areSums(plain)) {
    return { forecast: meanOfTrees(graph, features, plain), probability: undefined };
  }
  const outputs = members.map(({ member, calibration }) => {
    const output = memberOutput(graph, features, member);
    return calibration === undefined ? output : calibrated(graph, output, calibration);
  });
  return {
    forecast: graph.mean(outputs.map((output, k) => graph.scaled(output, members[k]!.scale))),
    probability: members[0]!.member.task === 'classes' ? graph.mean(outputs) : undefined,
  };
}

/** What a LONG and a SHORT forecast say together; see `joinSides`. */
export function joinedSides(graph: Graph, long: Column, short: Column): Column {
  const zero = graph.scalar(0);
  const above = (a: Column, b: Column) => graph.node('Greater', [a, b]);
  const orZero = (column: Column) => graph.node('Where', [above(column, zero), column, zero]);
  const whereShort = graph.node('Where', [above(short, long), graph.node('Neg', [orZero(short)]), zero]);
  return graph.node('Where', [above(long, short), orZero(long), whereShort]);
}
