import { Alert } from '@mantine/core';
import { IconChartPie } from '@tabler/icons-react';
import { baseRateOf, shareOfClass } from '../../engine/contract/class-share.ts';
import type { ClassSharesDto } from '../../engine/contract/dto/index.ts';
import { formatCount, formatPercent, plural } from '../ui/index.ts';
import classes from './builder.module.css';

/** Of a large grid the first are enough to see what its targets are like. */
const MOST_SHOWN = 8;

/** What the rows that models of classes would learn from hold of each class, before anything is trained. */
export function ClassShares({ shares: { told, untold, uncounted } }: { readonly shares: ClassSharesDto }) {
  if (told.length === 0 && uncounted === 0) return null;
  const shown = told.slice(0, MOST_SHOWN);
  const rest = told.length - shown.length + untold;
  return (
    <Alert color="gray" variant="light" icon={<IconChartPie aria-hidden />} title="What classes hold">
      <ul className={classes.notes}>
        {shown.map((share) => {
          const text = shareOfClass(share);
          return (
            <li key={text}>
              {text}; always saying the same is right in {formatPercent(baseRateOf(share), 0)}
            </li>
          );
        })}
        {rest === 0 ? null : <li>and {formatCount(rest)} more</li>}
        {uncounted === 0 ? null : (
          <li>
            {plural(
              uncounted,
              'more market with its target and horizon',
              'more markets with their targets and horizons',
            )}{' '}
            would take long to count: training does it
          </li>
        )}
      </ul>
    </Alert>
  );
}
