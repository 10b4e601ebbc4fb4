import { Alert, Button, Group } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { client, useUi } from '../state/index.ts';
import classes from './shell.module.css';
import { texts } from './texts.ts';

/** A connection that comes back at once is no news. */
const PATIENCE_MS = 700;
const TICK_MS = 250;

/** Says that the server is gone, and when it is tried next; or that it wants its new link. */
export function ConnectionNotice() {
  const connection = useUi((ui) => ui.connection);
  const isGone = connection === 'lost' || connection === 'refused';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!isGone) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isGone]);
  if (!shown) return null;
  return (
    <Alert
      className={classes.connectionNotice}
      color="red"
      variant="filled"
      role="alert"
      icon={<IconPlugConnectedX aria-hidden />}
      title={connection === 'lost' ? texts.regimenDoesNotAnswer : texts.regimenWasStartedAgain}
    >
      <Group justify="space-between" gap="sm">
        <span>
          {texts.nothingThatWasTrained({ connection })} <Countdown />
        </span>
        <Button size="xs" variant="white" color="dark" onClick={() => client().retry?.now()}>
          {texts.tryNow}
        </Button>
      </Group>
    </Alert>
  );
}

function Countdown() {
  const at = useRetry();
  if (at === null) return null;
  return texts.nextTryInSecond({ seconds: Math.max(0, Math.ceil((at - Date.now()) / 1000)) });
}

/** Looks at the clock; nothing tells that a second has passed. */
function useRetry(): number | null {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return client().retry?.at() ?? null;
}
