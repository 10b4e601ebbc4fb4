import type { Member } from '../../models/model.ts';
import { StackMember } from '../../models/stack/member.ts';
import { TreeEnsemble } from '../../models/trees/ensemble.ts';
import { createPrng } from '../../random/prng.ts';

/** Every threshold that members split a feature at, by feature. */
function cutsOf(members: readonly Member[], features: number): number[][] {
  const cuts = Array.from({ length: features }, (): number[] => []);
  const visit = (member: Member): void => {
    if (member instanceof StackMember) for (const part of member.parts) visit(part.member);
    if (!(member instanceof TreeEnsemble)) return;
    member.parts.cuts.forEach((own, f) => {
      cuts[f]!.push(...own);
    });
  };
  members.forEach(visit);
  return cuts;
}

/** The next float32 above (1) or below (-1) one that is not 0. */
export function nextFloat(value: number, step: 1 | -1): number {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  bits[0]! += value > 0 ? step : -step;
  return new Float32Array(bits.buffer)[0]!;
}

export interface HardRowsOptions {
  readonly rows: number;
  readonly members: readonly Member[];
  /** What rows are drawn from: columns, and which of their rows. */
  readonly columns: readonly Float64Array[];
  readonly from: number;
  /** Whether values are missing here and there. */
  readonly missing?: boolean;
}

/**
 * Rows of float32 features, as columns: each value is that of a bar, and of every third one a threshold of the members, or the float32 just below or
 * above it, where a comparison that is off by one bit takes the other branch.
 */
export function hardRows({ rows, members, columns, from, missing = false }: HardRowsOptions): Float64Array[] {
  const prng = createPrng(11);
  const cuts = cutsOf(members, columns.length);
  const drawn = columns.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const bar = from + Math.floor(prng.float() * (columns[0]!.length - from));
    columns.forEach((column, f) => {
      const own = cuts[f]!;
      let value = Math.fround(column[bar]!);
      if (own.length > 0 && prng.float() < 1 / 3) {
        const cut = own[Math.floor(prng.float() * own.length)]!;
        const side = Math.floor(prng.float() * 3) - 1;
        value = side === 0 || cut === 0 ? cut : nextFloat(cut, side as 1 | -1);
      }
      drawn[f]![row] = missing && prng.float() < 0.1 ? Number.NaN : value;
    });
  }
  return drawn;
}
