import classes from './shell.module.css';
import { texts } from './texts.ts';

/** A candle chart in two regimes: three falling bars, one that rises. */
export function Logo() {
  return (
    <svg className={classes.logo} viewBox="0 0 32 32" role="img" aria-label={texts.regimen}>
      <path d="M6 6v18M13 10v16M20 15v13" stroke="currentColor" strokeWidth="1.5" opacity="0.55" />
      <path d="M4 9h4v10H4zM11 14h4v8h-4zM18 19h4v6h-4z" fill="currentColor" opacity="0.55" />
      <path d="M27 3v24" stroke="var(--accent)" strokeWidth="1.5" />
      <path d="M25 7h4v14h-4z" fill="var(--accent)" />
    </svg>
  );
}
