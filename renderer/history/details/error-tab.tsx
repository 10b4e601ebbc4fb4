import { Alert, Button, CopyButton, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { RunDetailDto } from '../../../engine/contract/dto/index.ts';
import classes from '../history.module.css';

/** Why a run failed, in words and as the stack a developer asks for. */
export function ErrorTab({ run }: { readonly run: RunDetailDto }) {
  const text = [run.error, run.errorStack].filter((part) => part !== null).join('\n\n');
  return (
    <div className={classes.stack}>
      <Alert
        color="red"
        variant="light"
        title="This configuration could not be trained"
        icon={<IconAlertTriangle aria-hidden />}
      >
        <span style={{ whiteSpace: 'pre-line' }}>{run.error}</span>
      </Alert>
      {run.errorStack === null ? null : (
        <section aria-label="Stack">
          <Title order={3} className={classes.heading}>
            Stack
          </Title>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
          <pre className={classes.basis} tabIndex={0}>
            {run.errorStack}
          </pre>
        </section>
      )}
      <div>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" onClick={copy}>
              {copied ? 'Copied' : 'Copy error and stack'}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
