import { Tooltip } from '@mantine/core';
import { axisSentence } from '../ui/texts/head-words.ts';
import classes from './charts.module.css';

/** What stands beside a chart: what its axes measure, with the unit, as the drawing has them. */
export interface ChartAxes {
  readonly left?: string;
  readonly bottom?: string;
}

/** Lies over the name of an axis and explains it, as heads of tables do: the drawing itself is a picture, in which nothing can be reached. */
export function AxisHead({ axis, side }: { readonly axis: string; readonly side: keyof ChartAxes }) {
  const text = axisSentence(axis);
  if (text === undefined) return null;
  return (
    <Tooltip label={text}>
      <span
        className={classes.axisHead}
        data-side={side}
        role="note"
        aria-label={`${axis}: ${text}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the definition must be readable without a mouse.
        tabIndex={0}
      />
    </Tooltip>
  );
}
