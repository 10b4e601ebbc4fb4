import { formatPercent } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import classes from './importance.module.css';
import { texts } from './texts.ts';

export interface ParameterImportance {
  readonly name: string;
  /** Share in what tells trials apart, 0..1. */
  readonly importance: number;
}

interface ImportanceBarsProps {
  readonly parameters: readonly ParameterImportance[];
  readonly title?: string;
  /** What the shares are. */
  readonly note?: string;
  /** What a press on one does: its scores are shown. */
  onPick?(name: string): void;
}

/** What of the space made the difference between trials, the most important first. */
export function ImportanceBars({
  parameters,
  title = texts.parameterImportance,
  note = texts.shareOfEachParameter,
  onPick,
}: ImportanceBarsProps) {
  const sorted = parameters.toSorted((a, b) => b.importance - a.importance);
  const largest = Math.max(1e-9, ...sorted.map(({ importance }) => importance));
  const text = sorted.map(({ name, importance }) => `${name} ${formatPercent(importance, 0)}`).join(', ');
  return (
    <ChartFigure
      title={title}
      note={note}
      summary={`${text}.`}
      hasControls={onPick !== undefined}
      table={{
        columns: [texts.parameter, texts.importance],
        rows: sorted.map(({ name, importance }) => [name, formatPercent(importance, 1)]),
        ...(onPick === undefined ? {} : { onPick: (row: number) => onPick(sorted[row]!.name) }),
      }}
    >
      <div className={classes.shares}>
        {sorted.map(({ name, importance }) => {
          const bar = (
            <>
              <span className={classes.shareName}>{name}</span>
              <span className={classes.shareTrack}>
                <span style={{ width: `${(100 * importance) / largest}%` }} />
              </span>
              <span className={classes.shareFigure}>{formatPercent(importance, 0)}</span>
            </>
          );
          return onPick === undefined ? (
            <div key={name} className={classes.share}>
              {bar}
            </div>
          ) : (
            <button
              key={name}
              type="button"
              className={classes.share}
              title={texts.showScoresBy({ name })}
              onClick={() => onPick(name)}
            >
              {bar}
            </button>
          );
        })}
      </div>
    </ChartFigure>
  );
}
