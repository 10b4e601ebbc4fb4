import classes from './builder.module.css';

/** Why each first choice is what it is. */
const CHOICES = [
  [
    'Models',
    'Ridge and LightGBM: one that is quick and hard to mislead, and one that finds what is not linear. More types multiply the tries that luck has.',
  ],
  ['Market', 'One symbol on H1: enough bars for a model, and moves that are large beside the spread.'],
  [
    'Days of history',
    '90 and 180: the market of today, and a longer memory to compare it with. Short ones train in seconds.',
  ],
  ['Horizons', '6 and 12 bars: one bar ahead is mostly cost; very long ones leave too few trades to judge.'],
  ['Target', 'The return first; direction and barriers once something is worth refining.'],
] as const;

/** What somebody chooses first who has never built a grid. */
export function WhereToBegin() {
  return (
    <details className={classes.begin}>
      <summary>What to choose first, and why</summary>
      <dl>
        {CHOICES.map(([name, why]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
      <p>
        Then look at Evidence: it says what luck alone would have found among as many tries. Widen one axis at
        a time.
      </p>
    </details>
  );
}
