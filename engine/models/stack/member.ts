import type { FeatureRollout } from '../../features/matrix.ts';
import { ByteReader, ByteWriter } from '../byte-stream.ts';
import { logOdds } from '../calibration/calibration.ts';
import type { Member, ModelTask } from '../model.ts';

/** A model in a stack, with its say. */
export interface StackPart {
  readonly modelType: string;
  readonly member: Member;
  /** As its model type encodes it. */
  readonly bytes: Uint8Array;
  /** Above 0. */
  readonly weight: number;
  /** Share of what moves the forecast, of all parts 1: weight x deviation of what the part said of rows that it had not learned from. */
  readonly share: number;
}

/**
 * center + sum of weight x (output of the part - center); of classes the same in log odds, and from them the probability. Parts without a
 * say are not kept: a stack of none of them says its center, always.
 */
export class StackMember implements Member {
  readonly task: ModelTask;
  readonly center: number;
  readonly parts: readonly StackPart[];
  /** Absent where no part has one. */
  readonly predictLanes?: (rollout: FeatureRollout, out: Float64Array) => void;

  /** What a part says, kept from one call to the next. */
  private own = new Float64Array(0);

  constructor({ task, center, parts }: Pick<StackMember, 'task' | 'center' | 'parts'>) {
    this.task = task;
    this.center = center;
    this.parts = parts;
    if (parts.some(({ member }) => member.predictLanes !== undefined)) {
      this.predictLanes = (rollout, out) =>
        this.combine(out, out.length, ({ member }, own) => {
          if (member.predictLanes === undefined) member.predict(rollout.columns, 0, own.length, own);
          else member.predictLanes(rollout, own);
        });
    }
  }

  predict(columns: readonly Float64Array[], from: number, count: number, out: Float64Array): void {
    this.combine(out, count, ({ member }, own) => member.predict(columns, from, count, own));
  }

  private combine(out: Float64Array, count: number, say: (part: StackPart, own: Float64Array) => void): void {
    const isClasses = this.task === 'classes';
    const { center } = this;
    out.fill(center, 0, count);
    if (this.own.length < count) this.own = new Float64Array(count);
    const own = this.own.subarray(0, count);
    for (const part of this.parts) {
      say(part, own);
      for (let i = 0; i < count; i++) {
        out[i] = out[i]! + part.weight * ((isClasses ? logOdds(own[i]!) : own[i]!) - center);
      }
    }
    if (isClasses) for (let i = 0; i < count; i++) out[i] = 1 / (1 + Math.exp(-out[i]!));
  }
}

const CLASSES = 1;

export function encodeStack({ task, center, parts }: StackMember): Uint8Array {
  const out = new ByteWriter();
  out.byte(task === 'classes' ? CLASSES : 0);
  out.float64(center);
  out.varint(parts.length);
  for (const { modelType, bytes, weight, share } of parts) {
    out.block(new TextEncoder().encode(modelType));
    out.float64(weight);
    out.float64(share);
    out.block(bytes);
  }
  return out.finish();
}

/**
 * @param decode bytes of a part, by its model type; throws where there is no such type
 * @throws EngineError `artifact-damaged` unless the bytes are exactly one stack
 */
export function decodeStack(
  bytes: Uint8Array,
  decode: (modelType: string, part: Uint8Array) => Member,
): StackMember {
  const reader = new ByteReader(bytes);
  const mark = reader.byte();
  if (mark > CLASSES) throw reader.damaged();
  const center = reader.float64();
  const parts = Array.from({ length: reader.count() }, (): StackPart => {
    const modelType = new TextDecoder().decode(reader.block());
    const weight = reader.float64();
    const share = reader.float64();
    const part = reader.block();
    return { modelType, member: decode(modelType, part), bytes: part, weight, share };
  });
  reader.end();
  return new StackMember({ task: mark === CLASSES ? 'classes' : 'returns', center, parts });
}
