import { formatCount, plural } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import classes from './charts.module.css';
import { texts } from './texts.ts';

/** One value of an axis, with the scores there. */
export interface LevelBar {
  readonly label: string;
  readonly rows: number;
  readonly median: number;
  readonly best: number;
  /** What a press on its name does; undefined: it can't be asked for. */
  readonly onPick?: (() => void) | undefined;
}

interface LevelBarsProps {
  readonly title: string;
  readonly note?: string | undefined;
  /** What is counted: `runs`. */
  readonly noun: string;
  readonly levels: readonly LevelBar[];
  format(score: number): string;
}

/** Median and best score of each value of an axis, on one scale. */
export function LevelBars({ title, note, noun, levels, format }: LevelBarsProps) {
  const all = [0, ...levels.flatMap(({ median, best }) => [median, best])];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const at = (score: number) => `${high === low ? 0 : (100 * (score - low)) / (high - low)}%`;
  const span = (from: number, to: number) => ({
    left: at(Math.min(from, to)),
    width: `calc(${at(Math.max(from, to))} - ${at(Math.min(from, to))})`,
  });
  return (
    <ChartFigure
      title={title}
      note={note}
      summary={levels
        .map(({ label, median, best }) =>
          texts.medianBest({ label, median: format(median), best: format(best) }),
        )
        .join('; ')}
      hasControls
      legend={[
        { name: texts.median, color: 'var(--figure)' },
        { name: texts.best, color: 'var(--accent)', glyph: '┃' },
      ]}
      table={{
        columns: [texts.value, noun, texts.median, texts.best],
        rows: levels.map(({ label, rows, median, best }) => [
          label,
          formatCount(rows),
          format(median),
          format(best),
        ]),
      }}
    >
      <ul className={classes.levels} aria-label={title}>
        {levels.map(({ label, rows, median, best, onPick }) => (
          <li key={label}>
            {onPick === undefined ? (
              <span className={classes.levelName} title={label}>
                {label}
              </span>
            ) : (
              <button
                type="button"
                className={classes.levelName}
                title={texts.showWith({ rows: plural(rows, noun.slice(0, -1)), label })}
                onClick={onPick}
              >
                {label}
              </button>
            )}
            <span className={classes.levelTrack} aria-hidden>
              <span className={classes.levelBar} style={span(0, median)} />
              <span className={classes.levelBest} style={{ left: at(best) }} />
            </span>
            <span className={classes.levelFigure}>
              <span className="visually-hidden">{texts.medianText} </span>
              {format(median)}
              <small> {texts.bestOf({ best: format(best), rows: formatCount(rows) })}</small>
            </span>
          </li>
        ))}
      </ul>
    </ChartFigure>
  );
}
