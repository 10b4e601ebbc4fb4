import { Anchor } from '@mantine/core';
import type { OverviewDto } from '../../engine/contract/dto/index.ts';
import { formatHash } from '../state/ui.ts';
import { texts } from './texts.ts';
import classes from './today.module.css';

/** `2 of 22 champions have evidence`: what all that was trained is worth so far. */
export function EvidenceLine({ champions, withEvidence, validated }: OverviewDto['evidence']) {
  if (champions === 0) return <p className={classes.evidence}>{texts.noChampionYet}</p>;
  return (
    <p className={classes.evidence}>
      {texts.championsWithEvidence({ withEvidence, champions })}{' '}
      <small>
        {texts.howManyValidatedSee({
          validated,
          champions,
          link: (words) => <Anchor href={formatHash('evidence')}>{words}</Anchor>,
        })}
      </small>
    </p>
  );
}
