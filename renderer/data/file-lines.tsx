import type { BadLineDto, CountedIn } from '../../engine/contract/dto/index.ts';
import { formatCount } from '../ui/index.ts';
import classes from './data.module.css';
import { texts } from './texts.ts';

/** The beginning of a file as it stands there. */
export function FirstLines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <figure className={classes.lines}>
      <figcaption>{texts.firstLinesOfFile}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>{lines.join('\n')}</pre>
    </figure>
  );
}

/** Rows that can't be read, with the reason of each. */
export function BadLines({
  countedIn,
  lines,
  total,
}: {
  readonly countedIn: CountedIn;
  readonly lines: readonly BadLineDto[];
  readonly total: number;
}) {
  return (
    <section className={classes.badLines} aria-label={texts.rowsThatCantBeRead}>
      <strong>{texts.rowCantBeRead({ total })}</strong>
      <ul>
        {lines.map(({ line, text, reason }) => (
          <li key={line}>
            {texts.rowLine({ countedIn, line: formatCount(line), reason, text: <code>{text}</code> })}
          </li>
        ))}
      </ul>
      {total > lines.length ? (
        <span>{texts.andMore({ total: formatCount(total - lines.length) })}</span>
      ) : null}
    </section>
  );
}
