import { z } from 'zod';
import type { AxisKey } from '../../engine/contract/axes.ts';
import type { KeyedAxis } from '../../engine/contract/configuration.ts';
import type { GridOptionsDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import type { Problem } from '../../engine/contract/errors.ts';
import type { GridLists } from '../../engine/contract/grid.ts';
import { TIMEFRAMES, type Timeframe } from '../../engine/contract/timeframe.ts';
import { titleOf } from '../ui/index.ts';
import { type Parameter, parameterOf } from '../ui/json-schema.ts';
import { useAxes, useAxesEdits } from './axes-draft.ts';
import { ChipAxis, NumberAxis } from './chip-axis.tsx';
import { IndicatorMatrix } from './indicator-matrix.tsx';
import { ListAxis } from './list-axis.tsx';

interface AxisFieldProps {
  readonly axis: KeyedAxis;
  readonly options: GridOptionsDto;
  readonly series: readonly SeriesDto[];
  readonly problems?: readonly Problem[] | undefined;
}

/** Controls that know more than the axis's entry says, by axis. Every other axis gets the control of its kind. */
const SPECIAL: Readonly<Partial<Record<AxisKey, React.ComponentType<AxisFieldProps>>>> = {
  symbol: Symbols,
  timeframe: Timeframes,
  indicatorTimeframes: Indicators,
};

/** The choice of an axis's values in the grid form. */
export function AxisField(props: AxisFieldProps) {
  const Special = SPECIAL[props.axis.key];
  return Special === undefined ? <PlainField {...props} /> : <Special {...props} />;
}

/** By the kind of its values. */
function PlainField({ axis, problems }: AxisFieldProps) {
  const values = useList<never>(axis);
  const { grid, form } = axis;
  if (grid === undefined) return null;
  const field = { ...headOf(axis), problems, ...values };
  const parameter = parameterOfAxis(grid);
  if (form?.control === 'numbers') {
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = parameter;
    return <NumberAxis {...field} options={(form.usual ?? []) as number[]} min={min} max={max} />;
  }
  if (form?.control === 'choices') {
    const options = form.usual === undefined ? parameter.choices : (form.usual as string[]);
    return <ChipAxis<string> {...field} options={options} text={titleOf} />;
  }
  return <ListAxis {...field} parameter={parameter} />;
}

/** What may be entered, by axis: worked out once, as it never changes. */
const PARAMETERS = new Map<string, Parameter>();

function parameterOfAxis({ key, value }: NonNullable<KeyedAxis['grid']>): Parameter {
  const known =
    PARAMETERS.get(key) ?? parameterOf(key, z.toJSONSchema(value, { io: 'input', unrepresentable: 'any' }));
  PARAMETERS.set(key, known);
  return known;
}

function Symbols({ axis, series, problems }: AxisFieldProps) {
  const symbols = [...new Set(series.map(({ symbol }) => symbol))].sort();
  return <ChipAxis {...headOf(axis)} problems={problems} options={symbols} {...useList<string>(axis)} />;
}

function Timeframes({ axis, series, problems }: AxisFieldProps) {
  return (
    <ChipAxis
      {...headOf(axis)}
      problems={problems}
      options={trainable(series)}
      {...useList<Timeframe>(axis)}
    />
  );
}

function Indicators({ options, series, problems }: AxisFieldProps) {
  return (
    <IndicatorMatrix indicators={options.indicators} timeframes={trainable(series)} problems={problems} />
  );
}

/** From the shortest that is stored on: longer ones are made from it. */
function trainable(series: readonly SeriesDto[]): readonly Timeframe[] {
  return TIMEFRAMES.slice(Math.min(...series.map(({ timeframe }) => TIMEFRAMES.indexOf(timeframe))));
}

function headOf({ title, about, form }: KeyedAxis) {
  return { label: form?.title ?? title, about, hint: form?.hint };
}

/** The axis's list in the grid, as a control takes it. */
function useList<T>({ grid }: KeyedAxis) {
  const key = grid?.key as keyof GridLists;
  const { editList } = useAxesEdits();
  const value = useAxes((draft) => draft.lists[key]) as readonly unknown[] as readonly T[];
  return { value, onChange: (next: readonly unknown[]) => editList(key, next) };
}
