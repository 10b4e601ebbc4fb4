import { type FigureValue, formatFigure } from './figure.ts';
import { isSigned } from './metrics.ts';
import { Term } from './term.tsx';
import { GLOSSARY, type Term as TermName } from './texts/glossary.ts';
import classes from './ui.module.css';

interface NumProps {
  readonly term: TermName;
  readonly value: FigureValue;
}

/** A figure inside a table or a sentence: formatted with its unit, defined on hover, red where it is a loss. */
export function Num({ term, value }: NumProps) {
  const isLoss = isSigned(term) && typeof value === 'number' && value < 0;
  return (
    <span
      className={isLoss ? `${classes.num} ${classes.loss}` : classes.num}
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
    <MetricOf term={term} label={label} note={note}>
      <Num term={term} {...figure} />
    </MetricOf>
  );
}

interface MetricOfProps {
  readonly term: TermName;
  readonly label?: string | undefined;
  readonly note?: React.ReactNode;
  readonly children: React.ReactNode;
}

/** The same with a figure that is written in its own way. */
export function MetricOf({ term, label, note, children }: MetricOfProps) {
  return (
    <div className={classes.metric}>
      <dt>
        <Term term={term}>{label}</Term>
      </dt>
      <dd>
        {children}
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
