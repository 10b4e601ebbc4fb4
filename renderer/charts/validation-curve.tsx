import { useId, useMemo } from 'react';
import type { ValidationCurveDto } from '../../engine/contract/dto/index.ts';
import { formatCount, formatPercent } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure, type LegendItem } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { curveRuns, foldAt } from './curve-runs.ts';
import { texts } from './texts.ts';
import { type PlotLine, TimePlot } from './time-plot.tsx';

const NET = 'var(--accent)';
const HELD = 'var(--running)';
const HOLLOW = 'var(--mantine-color-dimmed)';

interface ValidationCurveProps {
  readonly curve: ValidationCurveDto;
  readonly title?: string;
  readonly height?: number;
  /** Beside it, the market held through the same windows. */
  readonly withHold?: boolean;
}

/** `−1.3 %`: what is in percent already. */
const percent = (value: number | null | undefined, digits = 1) =>
  formatPercent(value === null || value === undefined ? null : value / 100, digits);

/**
 * The counted folds of a validation as one curve with the band of its bootstrap; vertical lines where a fold begins. What does not
 * count is drawn dashed, on hatched ground, from where the curve stands, and moves nothing.
 */
export function ValidationCurve({
  curve,
  title = texts.outOfSampleFoldAfter,
  height = 300,
  withHold = false,
}: ValidationCurveProps) {
  const hatching = useId();
  const { days, net, band, folds, hold } = curve;
  const time = useMemo(() => days.map((day) => Date.parse(day)), [days]);
  const shownHold = withHold ? hold : null;
  const lines = useMemo((): PlotLine[] => {
    const runs = curveRuns(folds);
    const held =
      shownHold === null ? [] : [{ name: texts.held, color: HELD, values: shownHold, dashed: true }];
    return [
      ...held,
      ...runs.map(({ from, to }) => ({
        name: texts.countedFrom({ from }),
        color: NET,
        values: net,
        from,
        to,
        bold: true,
      })),
      ...folds.flatMap(({ hollow, from, to }) => {
        if (hollow === null) return [];
        const values = Array.from({ length: to }, (_, i) => hollow[i - from] ?? Number.NaN);
        return [{ name: texts.hollowFrom({ from }), color: HOLLOW, values, from, to, dashed: true }];
      }),
    ];
  }, [folds, net, shownHold]);
  const grounds = useMemo(
    () =>
      folds.map(({ from, to, counted }) => ({ from, to, ...(counted ? {} : { fill: `url(#${hatching})` }) })),
    [folds, hatching],
  );
  const area = useMemo(() => band && { low: band.low, high: band.high, color: NET }, [band]);
  const isHollow = folds.some(({ counted }) => !counted);
  const counted = folds.filter((fold) => fold.counted).length;
  const last = net.at(-1);
  return (
    <ChartFigure
      axes={{ left: texts.summedNetPercent }}
      title={title}
      note={texts.netLogReturnAfterCostsSummed}
      summary={texts.countedFoldsEndAt({
        counted: formatCount(counted),
        last: percent(last),
        low: percent(band?.low.at(-1)),
        high: percent(band?.high.at(-1)),
        shownHold: shownHold === null ? null : percent(shownHold.at(-1)),
      })}
      legend={legendOf(band?.paths ?? null, isHollow, shownHold !== null)}
      table={{
        columns: [common.fold, common.from, common.to, common.net, common.sum, texts.counted],
        rows: folds.map(({ index, from, to, net: own, counted: counts }) => [
          String(index + 1),
          days[from] ?? '',
          days[to - 1] ?? '',
          percent(own, 2),
          percent(net[to - 1], 2),
          counts ? texts.yes : texts.no,
        ]),
      }}
    >
      <svg width={0} height={0} aria-hidden style={{ position: 'absolute' }}>
        <defs>
          <pattern
            id={hatching}
            width={6}
            height={6}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width={1} height={6} fill="var(--line-strong)" />
          </pattern>
        </defs>
      </svg>
      <TimePlot
        time={time}
        lines={lines}
        grounds={grounds}
        area={area ?? undefined}
        baseline={0}
        axis={texts.summedNetPercent}
        timeAxis={texts.daysOfMarket}
        isByDay
        height={height}
        readout={(bar) => {
          const fold = foldAt(folds, bar);
          const hollow = fold?.hollow?.[bar - fold.from];
          return (
            <ChartTooltip
              title={days[bar] ?? ''}
              figures={[
                [
                  common.fold,
                  fold === undefined ? '' : `${fold.index + 1}${fold.counted ? '' : texts.notCounted}`,
                ],
                hollow === undefined
                  ? [common.sum, percent(net[bar], 2)]
                  : [texts.withThisFold, percent(hollow, 2)],
                ...(band === null
                  ? []
                  : [
                      [
                        texts.band,
                        texts.lowToHigh({ low: percent(band.low[bar]), high: percent(band.high[bar]) }),
                      ] as const,
                    ]),
                ...(shownHold === null ? [] : [[texts.held, percent(shownHold[bar], 2)] as const]),
              ]}
            />
          );
        }}
      />
    </ChartFigure>
  );
}

function legendOf(paths: number | null, isHollow: boolean, isHeld: boolean): LegendItem[] {
  return [
    { name: texts.countedFolds, color: NET, shape: 'line' },
    ...(paths === null
      ? []
      : [
          {
            name: texts.whereNineOfTen({ paths: formatCount(paths) }),
            color: `color-mix(in srgb, ${NET} 30%, transparent)`,
          },
        ]),
    ...(isHollow
      ? [
          {
            name: texts.notCountedModelsWereChosen,
            color: HOLLOW,
            shape: 'dashed' as const,
          },
        ]
      : []),
    ...(isHeld
      ? [
          { name: texts.flat, color: HOLLOW, shape: 'line' as const },
          {
            name: texts.marketHeldThroughSameDays,
            color: HELD,
            shape: 'dashed' as const,
          },
        ]
      : []),
  ];
}
