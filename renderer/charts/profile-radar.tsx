import { useElementSize } from '@mantine/hooks';
import {
  PolarAngleAxis,
  PolarGrid,
  PolarRadiusAxis,
  Radar,
  RadarChart,
  ResponsiveContainer,
  Tooltip,
} from 'recharts';
import type { ScorePartsDto } from '../../engine/contract/dto/index.ts';
import { DASH, formatNumber } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { common } from '../ui/texts/common.ts';
import { GLOSSARY } from '../ui/texts/glossary.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { AXIS_TEXT } from './palette.ts';
import { BREAK_EVEN, isDrawn, PROFILE_AXES } from './profile.ts';
import { texts } from './texts.ts';

export interface Profile {
  /** Unique: `Bull trending, EURUSD H1`. */
  readonly name: string;
  readonly color: string;
  readonly parts: ScorePartsDto;
  readonly composite: number | null;
  /** The same out of sample, in the folds of its validation; null: not validated. */
  readonly outOfSample: { readonly parts: ScorePartsDto; readonly composite: number | null } | null;
}

interface ProfileRadarProps {
  readonly profiles: readonly Profile[];
  readonly title?: string;
  /** Pixels, without title and legend. */
  readonly height?: number;
}

/** Pixels for the name of an axis on either side. */
const SIDE_NAMES = 56;
/** The same above and below. */
const OUTER_NAMES = 70;

/** Half-way between the first two axes, where no line of a profile ends. */
const SCALE_ANGLE = 54;

interface ScaleTickProps {
  readonly x: number | string;
  readonly y: number | string;
  readonly payload: { readonly value: number };
}

/** Upright, with a rim of the panel's color: lines that pass behind it leave it readable. */
function ScaleTick({ x, y, payload }: ScaleTickProps) {
  return (
    <text
      x={x}
      y={y}
      fontSize={10}
      fill="var(--mantine-color-dimmed)"
      stroke="var(--panel)"
      strokeWidth={4}
      strokeLinejoin="round"
      paintOrder="stroke"
      textAnchor="middle"
      dominantBaseline="central"
    >
      {payload.value}
    </text>
  );
}

/** Of what was chosen by, beside what came of it. */
const CHOSEN = '2 3';
const DASHES = [undefined, '7 3', '2 3', '9 3 2 3'];

/** The five parts of each profile's composite score, from 0 (center) over break-even to 1 (rim). */
export function ProfileRadar({ profiles, title = texts.profile, height = 290 }: ProfileRadarProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  // Names of axes stand beside it and above.
  const radius = Math.max(40, Math.min(0.44 * height, width / 2 - SIDE_NAMES));
  // A narrow chart has no use for the height of a wide one.
  const drawnHeight = width > 0 ? Math.min(height, 2 * radius + OUTER_NAMES) : height;
  const drawn = profiles.filter(({ parts }) => isDrawn(parts));
  const data = PROFILE_AXES.map(({ part, term }) => ({
    name: GLOSSARY[term].title,
    text: GLOSSARY[term].text,
    breakEven: BREAK_EVEN,
    values: drawn.map(({ parts }) => parts[part]),
    tested: drawn.map(({ outOfSample }) => outOfSample?.parts[part] ?? null),
  }));
  const testedOf = ({ outOfSample }: Profile) =>
    outOfSample !== null && isDrawn(outOfSample.parts) ? outOfSample : null;
  const isTested = drawn.some((profile) => testedOf(profile) !== null);
  const summary = profiles
    .map(({ name, parts, composite, outOfSample }) => {
      const figures = PROFILE_AXES.map(
        ({ part, term }) => `${GLOSSARY[term].title} ${formatNumber(parts[part], 2)}`,
      );
      return `${name}: ${GLOSSARY.composite.title} ${formatNumber(composite, 2)}, ${figures.join(', ')}${outOfSample === null ? '' : texts.outOfSampleComposite({ composite: formatNumber(outOfSample.composite, 2) })}`;
    })
    .join('; ');
  return (
    <ChartFigure
      title={title}
      note={texts.partsOfCompositeScore({ composite: (words) => <Term term="composite">{words}</Term> })}
      summary={summary}
      legend={[
        ...drawn.map((profile) => ({
          name: legendText(profile),
          color: profile.color,
          shape: 'line' as const,
        })),
        ...(isTested
          ? [
              {
                name: texts.boldOutOfSample,
                color: 'var(--mantine-color-dimmed)',
                glyph: '━ ┅',
              },
            ]
          : []),
        { name: texts.breaksEven, color: 'var(--mantine-color-text)', shape: 'dashed' },
      ]}
      table={{
        columns: [common.champion, GLOSSARY.composite.title, ...data.map(({ name }) => name)],
        rows: profiles.flatMap(({ name, parts, composite, outOfSample }) => [
          rowOf(name, parts, composite),
          ...(outOfSample === null
            ? []
            : [rowOf(texts.nameOutOfSample({ name }), outOfSample.parts, outOfSample.composite)]),
        ]),
      }}
    >
      <div ref={ref}>
        <ResponsiveContainer width="100%" height={drawnHeight}>
          <RadarChart
            data={data}
            outerRadius={radius}
            cy="53%"
            margin={{ top: 14, right: 4, bottom: 4, left: 4 }}
            accessibilityLayer={false}
          >
            <PolarGrid stroke="var(--line-strong)" />
            <PolarAngleAxis dataKey="name" tick={{ ...AXIS_TEXT, fill: 'var(--mantine-color-text)' }} />
            <PolarRadiusAxis
              domain={[0, 1]}
              ticks={[0, 0.25, 0.5, 0.75, 1]}
              angle={SCALE_ANGLE}
              axisLine={false}
              tick={ScaleTick}
            />
            <Tooltip
              isAnimationActive={false}
              wrapperStyle={{ maxWidth: 320 }}
              content={({ active, payload }) => {
                const row = payload?.[0]?.payload as (typeof data)[number] | undefined;
                if (active !== true || row === undefined) return null;
                return (
                  <ChartTooltip
                    title={`${row.name}. ${row.text}`}
                    figures={drawn.map((profile, p) => [
                      profile.name,
                      testedOf(profile) === null
                        ? formatNumber(row.values[p], 2)
                        : texts.numberOutOfSample({
                            number: formatNumber(row.values[p], 2),
                            tested: formatNumber(row.tested[p], 2),
                          }),
                    ])}
                  />
                );
              }}
            />
            <Radar
              dataKey="breakEven"
              stroke="var(--mantine-color-text)"
              strokeDasharray="1 3"
              fill="none"
              isAnimationActive={false}
            />
            {drawn.map((profile, p) => {
              const { name, color } = profile;
              const tested = testedOf(profile) !== null;
              return (
                <Radar
                  key={name}
                  name={name}
                  dataKey={(row: (typeof data)[number]) => row.values[p]}
                  stroke={color}
                  strokeWidth={tested ? 1.5 : 2}
                  strokeDasharray={tested ? CHOSEN : DASHES[p % DASHES.length]}
                  fill={color}
                  fillOpacity={tested ? 0 : drawn.length > 1 ? 0.06 : 0.2}
                  isAnimationActive={false}
                />
              );
            })}
            {drawn.map((profile, p) =>
              testedOf(profile) === null ? null : (
                <Radar
                  key={`${profile.name} out of sample`}
                  name={texts.nameOutOfSample({ name: profile.name })}
                  dataKey={(row: (typeof data)[number]) => row.tested[p]}
                  stroke={profile.color}
                  strokeWidth={3}
                  fill={profile.color}
                  fillOpacity={drawn.length > 1 ? 0.06 : 0.2}
                  isAnimationActive={false}
                />
              ),
            )}
          </RadarChart>
        </ResponsiveContainer>
      </div>
    </ChartFigure>
  );
}

/** `Bull, EURUSD H1: 0.73, out of sample 0.44`: composite scores. */
function legendText({ name, composite, outOfSample }: Profile): string {
  const chosen = `${name}: ${formatNumber(composite, 2)}`;
  return outOfSample === null
    ? chosen
    : texts.numberOutOfSample({ number: chosen, tested: formatNumber(outOfSample.composite, 2) });
}

function rowOf(name: string, parts: ScorePartsDto, composite: number | null): string[] {
  return [
    name,
    formatNumber(composite, 2),
    ...PROFILE_AXES.map(({ part }) => (parts[part] === null ? DASH : formatNumber(parts[part], 2))),
  ];
}
