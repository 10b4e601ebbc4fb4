import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RunDetailDto } from '../../../engine/contract/dto/index.ts';
import { formatPercent } from '../../ui/index.ts';
import classes from '../history.module.css';
import { texts } from './texts.ts';

type Importance = NonNullable<RunDetailDto['importance']>;

const SHOWN = 25;

/** Which features the model leans on, as shares of the whole. */
export function FeaturesTab({ importance }: { readonly importance: Importance }) {
  const [all, setAll] = useState(false);
  const sum = importance.reduce((total, { gain }) => total + gain, 0) || 1;
  const largest = importance[0]?.gain || 1;
  const withSplits = importance.some(({ splits }) => splits !== null);
  return (
    <div className={classes.stack}>
      <table className={classes.importance} aria-label={texts.featureImportance}>
        <thead>
          <tr>
            <th scope="col" className={classes.plain}>
              {texts.feature}
            </th>
            <td aria-hidden />
            <th scope="col" className={classes.plain} data-numeric>
              {texts.shareOfImportance}
            </th>
            {withSplits ? (
              <th scope="col" className={classes.plain} data-numeric>
                {texts.shareOfSplits}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {importance.slice(0, all ? undefined : SHOWN).map(({ feature, gain, splits }) => (
            <tr key={feature}>
              <th scope="row">{feature}</th>
              <td aria-hidden>
                <div className={classes.bar} style={{ width: `${(100 * gain) / largest}%` }} />
              </td>
              <td>{formatPercent(gain / sum)}</td>
              {withSplits ? <td>{formatPercent(splits)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
      {importance.length <= SHOWN ? null : (
        <div>
          <Button variant="default" size="xs" onClick={() => setAll((shown) => !shown)}>
            {all ? texts.showFirst({ shown: SHOWN }) : texts.showAllFeature({ features: importance.length })}
          </Button>
        </div>
      )}
    </div>
  );
}
