import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { formatCount, formatNumber, formatShort } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import type { ChartTable } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import classes from './charts.module.css';
import { nearest } from './plot-shapes.ts';
import { PointedArea } from './pointed-area.tsx';
import { texts } from './texts.ts';
import type { ParameterValue } from './trial-axis.ts';

/** A trial as its pictures need it. */
export interface PlottedTrial {
  /** From 1. */
  readonly trial: number;
  readonly value: number;
  /** Tried on all folds. */
  readonly isWhole: boolean;
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** Value after each of its folds, the mean so far. */
  readonly intermediate: readonly number[];
  /** Its parameters, in words. */
  readonly text: string;
  /** What it is called, where that is not `Trial 12`. */
  readonly name?: string;
}

/** Where a trial can be pointed at. */
export interface TrialMark {
  readonly x: number;
  readonly y: number;
  readonly trial: PlottedTrial;
}

export const TRIAL = 'var(--figure)';
export const BEST_TRIAL = 'var(--accent)';

/** Before it was measured. */
const FIRST_WIDTH = 600;

interface TrialPlotProps {
  readonly objective: string;
  height(width: number): number;
  /** What is drawn, and where it can be pointed at. */
  draw(width: number): { readonly picture: React.ReactNode; readonly marks: readonly TrialMark[] };
  /** What a click does with the trial at the pointer. */
  readonly onPick?: ((trial: PlottedTrial) => void) | undefined;
  /** The trial at the pointer, to draw over the others. */
  highlight?(trial: PlottedTrial, width: number): React.ReactNode;
}

/** A drawing as wide as its place that tells of the trial at the pointer. */
export function TrialPlot({ objective, height, draw, highlight, onPick }: TrialPlotProps) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const [near, setNear] = useState<TrialMark | null>(null);
  const width = measured > 0 ? Math.floor(measured) : FIRST_WIDTH;
  const tall = height(width);
  const { picture, marks } = draw(width);
  return (
    <PointedArea
      ref={ref}
      find={(x, y) => nearest(marks, x, y)}
      onPoint={(mark) => setNear(mark)}
      onPick={onPick && (({ trial }) => onPick(trial))}
      isPickable={onPick !== undefined && near !== null}
    >
      <svg width={width} height={tall} aria-hidden>
        {picture}
        {near === null ? null : (
          <>
            {highlight?.(near.trial, width)}
            <circle
              cx={near.x}
              cy={near.y}
              r={5}
              fill="none"
              stroke="var(--mantine-color-text)"
              strokeWidth={1.5}
            />
          </>
        )}
      </svg>
      {near === null ? null : (
        <div
          className={classes.readout}
          style={near.x < width / 2 ? { left: near.x + 14 } : { right: width - near.x + 14 }}
        >
          <ChartTooltip
            title={texts.trialPerhapsGivenUp({
              name: near.trial.name ?? texts.trial({ trial: formatCount(near.trial.trial) }),
              isWhole: near.trial.isWhole,
            })}
            figures={[
              [objective, formatNumber(near.trial.value, 4)],
              ...Object.entries(near.trial.params).map(([name, value]) => [name, valueText(value)] as const),
            ]}
          />
        </div>
      )}
    </PointedArea>
  );
}

/** What a press on a row of a table of trials does. */
export function pickRow<T>(
  rows: readonly T[],
  onPick: ((row: T) => void) | undefined,
): Pick<ChartTable, 'onPick'> {
  return onPick === undefined ? {} : { onPick: (row) => onPick(rows[row]!) };
}

export function valueText(value: ParameterValue): string {
  return typeof value === 'number' ? formatShort(value) : String(value);
}

/** The best of those that were tried on all folds; of equal ones the first. */
export function bestTrial(trials: readonly PlottedTrial[], lowerIsBetter: boolean): PlottedTrial | undefined {
  let best: PlottedTrial | undefined;
  for (const trial of trials) {
    if (!trial.isWhole) continue;
    if (best === undefined || (lowerIsBetter ? trial.value < best.value : trial.value > best.value))
      best = trial;
  }
  return best;
}

interface TrialTable {
  /** Of the hyper-parameters. */
  readonly names: readonly string[];
  readonly objective: string;
  /** What a row is: `Trial`. */
  readonly noun?: string;
  readonly onPick?: ((trial: PlottedTrial) => void) | undefined;
}

/** The trials and what they tried, as a table. */
export function trialTable(
  trials: readonly PlottedTrial[],
  { names, objective, noun = common.trial, onPick }: TrialTable,
): ChartTable {
  return {
    ...pickRow(trials, onPick),
    columns: [noun, objective, texts.tried, ...names],
    rows: trials.map(({ trial, value, isWhole, params }) => [
      formatCount(trial),
      formatNumber(value, 4),
      isWhole ? texts.onAllFolds : texts.givenUpEarlyWord,
      ...names.map((name) => (params[name] === undefined ? '–' : valueText(params[name]))),
    ]),
  };
}
