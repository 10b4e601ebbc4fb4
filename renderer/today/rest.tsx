import type { ListedDto } from '../../engine/contract/dto/index.ts';
import { formatCount } from '../ui/index.ts';
import { texts } from './texts.ts';
import classes from './today.module.css';

/** How many of a list are not shown, and where they are. */
export function Rest<T>({
  of: { total, listed },
  children,
}: {
  readonly of: ListedDto<T>;
  readonly children?: React.ReactNode;
}) {
  if (total <= listed.length) return null;
  return (
    <p className={classes.rest}>
      {texts.totalMore({ total: formatCount(total - listed.length) })} {children}
    </p>
  );
}
