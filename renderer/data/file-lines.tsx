import type { BadLineDto, CountedIn } from '../../engine/contract/dto/index.ts';
import { formatCount, plural } from '../ui/index.ts';
import classes from './data.module.css';

/** The beginning of a file as it stands there. */
export function FirstLines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <figure className={classes.lines}>
      <figcaption>First lines of the file</figcaption>
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
    <section className={classes.badLines} aria-label="Rows that can't be read">
      <strong>{plural(total, 'row')} can’t be read and will be left out</strong>
      <ul>
        {lines.map(({ line, text, reason }) => (
          <li key={line}>
            {countedIn === 'row' ? 'Row' : 'Line'} {formatCount(line)}: {reason} <code>{text}</code>
          </li>
        ))}
      </ul>
      {total > lines.length ? <span>… and {formatCount(total - lines.length)} more</span> : null}
    </section>
  );
}
