import { Anchor } from '@mantine/core';
import type { OverviewDto } from '../../engine/contract/dto/index.ts';
import { formatHash } from '../state/ui.ts';
import { plural } from '../ui/index.ts';
import classes from './today.module.css';

/** `2 of 22 champions have evidence`: what all that was trained is worth so far. */
export function EvidenceLine({ champions, withEvidence, validated }: OverviewDto['evidence']) {
  if (champions === 0) return <p className={classes.evidence}>No champion yet</p>;
  return (
    <p className={classes.evidence}>
      {withEvidence} of {plural(champions, 'champion')} {withEvidence === 1 ? 'has' : 'have'} evidence{' '}
      <small>
        {validated === 0 ? 'none' : validated} of them validated ·{' '}
        <Anchor href={formatHash('evidence')}>See why</Anchor>
      </small>
    </p>
  );
}
