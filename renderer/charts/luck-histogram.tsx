import type { LuckDistributionDto } from '../../engine/contract/dto/index.ts';
import { formatCount, formatNumber } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { NAMED_AXIS, numberAxis, type PlotPlace, ValuePlot } from './value-plot.tsx';

const BAR = 'var(--figure)';
const LUCK = 'var(--accent)';
const OWN = 'var(--mantine-color-text)';

type Distribution = Pick<LuckDistributionDto, 'bins' | 'maxima' | 'luck' | 'own' | 'atLeast'>;

/** What the best of everything tried in a scope reached by luck alone, and where the champion stands among it. */
export function LuckHistogram({ distribution }: { readonly distribution: Distribution }) {
  const { bins, maxima, luck, own, atLeast } = distribution;
  const ends = [bins[0]?.from, bins.at(-1)?.to, luck, own].filter((end) => typeof end === 'number');
  const ticks = valueTicks(ends, 7);
  const counts = valueTicks([0, ...bins.map(({ count }) => count)], 5).filter(Number.isInteger);
  const share = texts.atLeastOfMaxima({ atLeast: formatCount(atLeast), maxima: formatCount(maxima) });
  const ownText = formatNumber(own, 1);
  return (
    <ChartFigure
      title={texts.whatLuckAloneReaches}
      note={texts.sharpeRatioOfBest}
      summary={texts.maximaOneIn20({
        maxima: formatCount(maxima),
        luck: formatNumber(luck, 1),
        ownText,
        share,
      })}
      legend={[
        { name: texts.bestOfAllTriesWithout, color: BAR },
        { name: texts.of1In20IsAbove({ luck: formatNumber(luck, 1) }), color: LUCK, shape: 'dashed' },
        { name: texts.thisChampion({ ownText, share }), color: OWN, shape: 'line' },
      ]}
      table={{
        columns: [texts.sharpeFrom, texts.to, texts.maxima],
        rows: bins.map(({ from, to, count }) => [
          formatNumber(from, 2),
          formatNumber(to, 2),
          formatCount(count),
        ]),
      }}
    >
      <ValuePlot
        height={230}
        room={ROOM}
        x={numberAxis(ticks, { name: common.sharpeRatio, hasMarks: true })}
        y={numberAxis(counts, { name: texts.draws, hasGrid: true, format: formatCount })}
        draw={({ height, x, y }) => (
          <>
            {bins.map(({ from, to, count }) => (
              <rect
                key={from}
                x={x(from) + 0.5}
                y={y(count)}
                width={Math.max(0.5, x(to) - x(from) - 1)}
                height={y(0) - y(count)}
                fill={BAR}
              />
            ))}
            {luck === null ? null : (
              <line
                x1={x(luck)}
                x2={x(luck)}
                y2={height}
                stroke={LUCK}
                strokeWidth={2}
                strokeDasharray="5 4"
              />
            )}
            {own === null ? null : <line x1={x(own)} x2={x(own)} y2={height} stroke={OWN} strokeWidth={2} />}
          </>
        )}
        find={(at, _, { x }) => {
          const index = bins.findIndex(({ from, to }) => at >= x(from) && at < x(to));
          return index === -1 ? null : index;
        }}
        cursor={(index, place) => <Ground bin={bins[index]} place={place} />}
        readout={(index) => {
          const bin = bins[index];
          return bin === undefined ? null : (
            <ChartTooltip
              title={texts.sharpeTo({ from: formatNumber(bin.from, 2), to: formatNumber(bin.to, 2) })}
              figures={[[texts.draws, formatCount(bin.count)]]}
            />
          );
        }}
      />
    </ChartFigure>
  );
}

const ROOM = { left: 48, right: 16, top: 8, bottom: NAMED_AXIS };

interface GroundProps {
  readonly bin: Distribution['bins'][number] | undefined;
  readonly place: PlotPlace;
}

function Ground({ bin, place: { x, height } }: GroundProps) {
  if (bin === undefined) return null;
  return (
    <rect
      x={x(bin.from)}
      width={x(bin.to) - x(bin.from)}
      height={height}
      fill="var(--line)"
      fillOpacity={0.35}
    />
  );
}
