import { Alert } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import type { Advice } from '../../engine/contract/advice.ts';
import { texts } from './texts/ui.ts';
import classes from './ui.module.css';

/** What was found, and what to change first; nothing where there is nothing to say. */
export function AdviceList({ of }: { readonly of: readonly Advice[] }) {
  if (of.length === 0) return null;
  return (
    <Alert
      color="gray"
      variant="light"
      role="region"
      aria-label={texts.whatToChangeFirst}
      icon={<IconBulb aria-hidden />}
      title={texts.whatToChangeFirst}
    >
      <dl className={classes.advice}>
        {of.map(({ text, change }) => (
          <div key={text}>
            <dt>{text}</dt>
            <dd>{change}</dd>
          </div>
        ))}
      </dl>
    </Alert>
  );
}
