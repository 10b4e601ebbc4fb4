import { type FigureValue, formatFigure } from './figure.ts';
import { GLOSSARY, type Term as TermName } from './glossary.ts';
import { isSigned } from './metrics.ts';
import { Term } from './term.tsx';
import classes from './ui.module.css';

interface NumProps {
  readonly term: TermName;
  readonly value: FigureValue;
}

/** A figure inside a table or a sentence: formatted with its unit, defined on hover, colored where its sign counts. */
export function Num({ term, value }: NumProps) {
  const tone =
    isSigned(term) && typeof value === 'number' && value !== 0
      ? value > 0
        ? classes.gain
        : classes.loss
      : undefined;
  return (
    <span
      className={`${classes.num} ${tone ?? ''}`}
      title={`${GLOSSARY[term].title}: ${GLOSSARY[term].text}`}
    >
      {formatFigure(term, value)}
    </span>
  );
}

interface MetricProps extends NumProps {
  /** Instead of the term's own name. */
  readonly label?: string;
  /** A second, quieter line. */
  readonly note?: React.ReactNode;
}

/** A figure on its own: name above, figure below. Place several inside `<Metrics>`. */
export function Metric({ term, label, note, ...figure }: MetricProps) {
  return (
    <div className={classes.metric}>
      <dt>
        <Term term={term}>{label}</Term>
      </dt>
      <dd>
        <Num term={term} {...figure} />
        {note === undefined ? null : <small>{note}</small>}
      </dd>
    </div>
  );
}

/** A row of metrics. */
export function Metrics({ children, label }: { readonly children: React.ReactNode; readonly label: string }) {
  return (
    <dl className={classes.metrics} aria-label={label}>
      {children}
    </dl>
  );
}
