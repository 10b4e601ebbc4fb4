import { common } from '../ui/texts/common.ts';
import classes from './builder.module.css';
import { texts } from './texts/builder.ts';

/** Why each first choice is what it is. */
const CHOICES = [
  [texts.models, texts.ridgeAndLightGBM],
  [common.market, texts.oneSymbolOnH1],
  [texts.daysOfHistory, texts.of90And180],
  [texts.horizons, texts.of6And12Bars],
  [texts.target, texts.returnFirst],
] as const;

/** What somebody chooses first who has never built a grid. */
export function WhereToBegin() {
  return (
    <details className={classes.begin}>
      <summary>{texts.whatToChooseFirst}</summary>
      <dl>
        {CHOICES.map(([name, why]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
      <p>{texts.thenLookAtEvidence}</p>
    </details>
  );
}
