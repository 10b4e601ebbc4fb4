import { Alert } from '@mantine/core';
import { IconChartPie } from '@tabler/icons-react';
import { baseRateOf, shareOfClass } from '../../engine/contract/class-share.ts';
import type { ClassSharesDto } from '../../engine/contract/dto/index.ts';
import { formatCount, formatPercent } from '../ui/index.ts';
import classes from './builder.module.css';
import { texts } from './texts/builder.ts';

/** Of a large grid the first are enough to see what its targets are like. */
const MOST_SHOWN = 8;

/** What the rows that models of classes would learn from hold of each class, before anything is trained. */
export function ClassShares({ shares: { told, untold, uncounted } }: { readonly shares: ClassSharesDto }) {
  if (told.length === 0 && uncounted === 0) return null;
  const shown = told.slice(0, MOST_SHOWN);
  const rest = told.length - shown.length + untold;
  return (
    <Alert color="gray" variant="light" icon={<IconChartPie aria-hidden />} title={texts.whatClassesHold}>
      <ul className={classes.notes}>
        {shown.map((share) => {
          const text = shareOfClass(share);
          return (
            <li key={text}>
              {texts.alwaysSayingSameIsRight({ text, baseRateOf: formatPercent(baseRateOf(share), 0) })}
            </li>
          );
        })}
        {rest === 0 ? null : <li>{texts.andMore({ rest: formatCount(rest) })}</li>}
        {uncounted === 0 ? null : <li>{texts.moreMarketWithItsTarget({ uncounted })}</li>}
      </ul>
    </Alert>
  );
}
