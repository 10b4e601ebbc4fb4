import classes from './charts.module.css';

interface ChartTooltipProps {
  readonly title: string;
  /** Name and figure, unit included. */
  readonly figures: readonly (readonly [name: string, figure: string])[];
}

/** The box that appears at the pointer. */
export function ChartTooltip({ title, figures }: ChartTooltipProps) {
  return (
    <div className={classes.tooltip}>
      <strong>{title}</strong>
      <dl>
        {figures.map(([name, figure]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
