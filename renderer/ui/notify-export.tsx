import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { client } from '../state/index.ts';
import { attempt } from './notices.tsx';
import { texts } from './texts/ui.ts';

/** Long enough to read a path and to reach for the button. */
const NOTICE_MS = 30_000;

/** Says where an export went, and offers the way there. `what`: `12 runs`. */
export function notifyExport(what: string, file: string): void {
  const inBrowser = client().native === undefined;
  notifications.show({
    title: texts.whatExported({ what }),
    message: (
      <>
        <div style={{ overflowWrap: 'anywhere' }}>{file}</div>
        <Button mt="xs" size="xs" variant="default" onClick={() => void attempt(() => client().reveal(file))}>
          {inBrowser ? texts.download : texts.showInFolder}
        </Button>
      </>
    ),
    color: 'green',
    withBorder: true,
    autoClose: NOTICE_MS,
  });
}
