import { Alert, Button, CopyButton, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { RunDetailDto } from '../../../engine/contract/dto/index.ts';
import classes from '../history.module.css';
import { texts } from './texts.ts';

/** Why a run failed, in words and as the stack a developer asks for. */
export function ErrorTab({ run }: { readonly run: RunDetailDto }) {
  const text = [run.error, run.errorStack].filter((part) => part !== null).join('\n\n');
  return (
    <div className={classes.stack}>
      <Alert
        color="red"
        variant="light"
        title={texts.thisConfigurationCould}
        icon={<IconAlertTriangle aria-hidden />}
      >
        <span style={{ whiteSpace: 'pre-line' }}>{run.error}</span>
      </Alert>
      {run.errorStack === null ? null : (
        <section aria-label={texts.stack}>
          <Title order={3} className={classes.heading}>
            {texts.stack}
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
              {copied ? texts.copied : texts.copyErrorAndStack}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
