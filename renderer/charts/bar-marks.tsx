import { endsOf, type RegimeBar } from './bar-rows.ts';

export const OUT_OF_SAMPLE = 'var(--running)';

interface MarkProps {
  readonly champion: NonNullable<RegimeBar['champion']>;
  /** The middle of its row, pixels. */
  readonly y: number;
  x(value: number): number;
}

/** On the bars of a regime, a diamond where its champion came to out of sample, with its error. */
export function OutOfSampleMark({ champion, x, y }: MarkProps) {
  const [low, value, high] = endsOf(champion.outOfSample);
  if (low === undefined || value === undefined || high === undefined) return null;
  return (
    <>
      {low === high ? null : <path d={`M${x(low)} ${y}H${x(high)}`} stroke={OUT_OF_SAMPLE} strokeWidth={2} />}
      <path
        d={`M${x(value)} ${y - 7}l6 7l-6 7l-6 -7z`}
        fill={OUT_OF_SAMPLE}
        stroke="var(--panel)"
        strokeWidth={1.5}
      />
    </>
  );
}

/** A stroke across both bars of a regime, where the best of all tries would end by luck alone. */
export function LuckMark({ champion: { luck }, x, y }: MarkProps) {
  if (luck === undefined) return null;
  return <line x1={x(luck)} x2={x(luck)} y1={y - 17} y2={y + 8} stroke="var(--accent)" strokeWidth={3} />;
}
