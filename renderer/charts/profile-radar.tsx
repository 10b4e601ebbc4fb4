import { useElementSize } from '@mantine/hooks';
import type { ScorePartsDto } from '../../engine/contract/dto/index.ts';
import { DASH, formatNumber } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { common } from '../ui/texts/common.ts';
import { GLOSSARY } from '../ui/texts/glossary.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { BREAK_EVEN, isDrawn, PROFILE_AXES, type ProfileAxis } from './profile.ts';
import { type RadarLine, RadarPlot } from './radar-plot.tsx';
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
        columns: [
          common.champion,
          GLOSSARY.composite.title,
          ...PROFILE_AXES.map(({ term }) => GLOSSARY[term].title),
        ],
        rows: profiles.flatMap(({ name, parts, composite, outOfSample }) => [
          rowOf(name, parts, composite),
          ...(outOfSample === null
            ? []
            : [rowOf(texts.nameOutOfSample({ name }), outOfSample.parts, outOfSample.composite)]),
        ]),
      }}
    >
      <div ref={ref}>
        <RadarPlot
          width={Math.floor(width)}
          height={drawnHeight}
          radius={radius}
          axes={PROFILE_AXES.map(({ term }) => GLOSSARY[term].title)}
          lines={linesOf(drawn)}
          readout={(axis) => <AxisTooltip axis={PROFILE_AXES[axis]!} profiles={drawn} />}
        />
      </div>
    </ChartFigure>
  );
}

/** What came of it out of sample, where it can be drawn. */
const testedOf = ({ outOfSample }: Profile) =>
  outOfSample !== null && isDrawn(outOfSample.parts) ? outOfSample : null;

const valuesOf = (parts: ScorePartsDto) => PROFILE_AXES.map(({ part }) => parts[part] ?? 0);

/** Where all break even, what was chosen by, and bold on top of it what came of it. */
function linesOf(profiles: readonly Profile[]): RadarLine[] {
  const fillOpacity = profiles.length > 1 ? 0.06 : 0.2;
  return [
    {
      name: texts.breaksEven,
      values: PROFILE_AXES.map(() => BREAK_EVEN),
      color: 'var(--mantine-color-text)',
      width: 1,
      dashes: '1 3',
      fillOpacity: 0,
    },
    ...profiles.map((profile, p): RadarLine => {
      const { name, color, parts } = profile;
      const isTested = testedOf(profile) !== null;
      return {
        name,
        color,
        values: valuesOf(parts),
        width: isTested ? 1.5 : 2,
        dashes: isTested ? CHOSEN : DASHES[p % DASHES.length],
        fillOpacity: isTested ? 0 : fillOpacity,
      };
    }),
    ...profiles.flatMap((profile): RadarLine[] => {
      const tested = testedOf(profile);
      if (tested === null) return [];
      const name = texts.nameOutOfSample({ name: profile.name });
      return [{ name, color: profile.color, values: valuesOf(tested.parts), width: 3, fillOpacity }];
    }),
  ];
}

interface AxisTooltipProps {
  readonly axis: ProfileAxis;
  readonly profiles: readonly Profile[];
}

function AxisTooltip({ axis: { part, term }, profiles }: AxisTooltipProps) {
  return (
    <ChartTooltip
      title={`${GLOSSARY[term].title}. ${GLOSSARY[term].text}`}
      figures={profiles.map((profile) => {
        const tested = testedOf(profile);
        const number = formatNumber(profile.parts[part], 2);
        return [
          profile.name,
          tested === null
            ? number
            : texts.numberOutOfSample({ number, tested: formatNumber(tested.parts[part], 2) }),
        ];
      })}
    />
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
