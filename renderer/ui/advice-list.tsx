import { Alert } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import type { Advice } from '../../engine/contract/advice.ts';
import classes from './ui.module.css';

/** What was found, and what to change first; nothing where there is nothing to say. */
export function AdviceList({ of }: { readonly of: readonly Advice[] }) {
  if (of.length === 0) return null;
  return (
    <Alert
      color="gray"
      variant="light"
      role="region"
      aria-label="What to change first"
      icon={<IconBulb aria-hidden />}
      title="What to change first"
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
