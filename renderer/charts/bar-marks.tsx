import { ReferenceDot, ReferenceLine } from 'recharts';
import { endsOf, type RegimeBar } from './bar-rows.ts';

export const OUT_OF_SAMPLE = 'var(--running)';

/** On the selection's bar of each regime, a diamond where the champion came to out of sample, with its error. */
export function OutOfSampleMarks({ bars }: { readonly bars: readonly RegimeBar[] }) {
  return bars.map(({ regime, champion }) => {
    const [low, value, high] = endsOf(champion?.outOfSample ?? null);
    if (low === undefined || value === undefined || high === undefined) return null;
    return [
      low === high ? null : (
        <ReferenceLine
          key={`${regime} error`}
          segment={[
            { x: low, y: regime },
            { x: high, y: regime },
          ]}
          stroke={OUT_OF_SAMPLE}
          strokeWidth={2}
        />
      ),
      <ReferenceDot
        key={regime}
        x={value}
        y={regime}
        shape={({ cx = 0, cy = 0 }) => (
          <path
            d={`M${cx} ${cy - 7}L${cx + 6} ${cy}L${cx} ${cy + 7}L${cx - 6} ${cy}Z`}
            fill={OUT_OF_SAMPLE}
            stroke="var(--panel)"
            strokeWidth={1.5}
          />
        )}
      />,
    ];
  });
}
