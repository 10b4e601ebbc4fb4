import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RunDetailDto } from '../../../engine/contract/dto/index.ts';
import { formatPercent, plural } from '../../ui/index.ts';
import classes from '../history.module.css';

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
      <table className={classes.importance} aria-label="Feature importance">
        <thead>
          <tr>
            <th scope="col" className={classes.plain}>
              Feature
            </th>
            <td aria-hidden />
            <th scope="col" className={classes.plain} data-numeric>
              Share of importance
            </th>
            {withSplits ? (
              <th scope="col" className={classes.plain} data-numeric>
                Share of splits
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
            {all ? `Show the first ${SHOWN}` : `Show all ${plural(importance.length, 'feature')}`}
          </Button>
        </div>
      )}
    </div>
  );
}
