import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { UpdateDto } from '../../engine/contract/dto/index.ts';
import { updateText } from '../../engine/contract/update-text.ts';
import { VERSION } from '../../engine/contract/version.ts';
import { call, client, closeAbout, useUi } from '../state/index.ts';
import { attempt, plural } from '../ui/index.ts';
import classes from './shell.module.css';

/** Of `about.json`, which the build lays beside the page (scripts/builds/about-file.ts). */
interface About {
  readonly author: string;
  readonly license: string;
  readonly libraries: readonly {
    readonly name: string;
    readonly version: string;
    readonly license: string;
    readonly author: string | null;
    readonly text: string | null;
  }[];
}

/** What Regimen is, who made it and its parts, what is checked of it, and whether there is a newer one. */
export function AboutDialog() {
  const opened = useUi((ui) => ui.about);
  return (
    <Modal
      opened={opened}
      onClose={closeAbout}
      size="lg"
      title="About Regimen"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Updates />
        <Text size="sm">
          {client().kind === 'electron' ? INSTALLED : SERVED} Nothing of it is signed, and it never updates
          itself.
        </Text>
        <Parts />
      </Stack>
    </Modal>
  );
}

const INSTALLED =
  'On macOS and Windows the window’s archive is compared with its checksum at each start. That does not cover what lies beside the archive: the threads that train, native modules, and the command line and server with their Node. On Linux nothing is compared.';
const SERVED =
  'This page comes from a server that you started; nothing compares its files with what was delivered.';

function Updates() {
  const [update, setUpdate] = useState<UpdateDto>();
  const [isAsking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    setUpdate(await attempt(() => call('updates.check', {})));
    setAsking(false);
  };
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" gap="md">
      <Text size="sm" aria-live="polite">
        {update === undefined ? `Regimen ${VERSION}` : updateText(update)}
      </Text>
      <Button flex="none" variant="default" size="compact-sm" loading={isAsking} onClick={() => void ask()}>
        Look for a newer one
      </Button>
    </Group>
  );
}

function Parts() {
  const [about, setAbout] = useState<About>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    fetchAbout().then(setAbout, (error: Error) => setProblem(error.message));
  }, []);
  if (problem !== undefined) return <Alert color="red">{problem}</Alert>;
  if (about === undefined) return null;
  const { author, license, libraries } = about;
  return (
    <>
      <details className={classes.notice}>
        <summary>Regimen is free software of {author}, under the MIT License</summary>
        <pre>{license}</pre>
      </details>
      <section aria-label="Libraries">
        <Text size="sm" fw={600}>
          Made with {plural(libraries.length, 'library', 'libraries')}
        </Text>
        <Text size="sm" c="dimmed" mb="xs">
          What an installed Regimen brings beside them has its licenses beside the program: Electron, Chromium
          and Node.js.
        </Text>
        <div className={classes.notices}>
          {libraries.map(({ name, version, license, author, text }) => (
            <details key={`${name} ${version}`} className={classes.notice}>
              <summary>
                {name} {version} <span>{license}</span>
              </summary>
              <pre>{text ?? `${name} has no license file of its own. ${author ?? ''}`.trim()}</pre>
            </details>
          ))}
        </div>
      </section>
    </>
  );
}

async function fetchAbout(): Promise<About> {
  const response = await fetch('./about.json');
  if (!response.ok)
    throw new Error(
      `The licenses can’t be read: about.json answered ${response.status}. NOTICES.txt has them.`,
    );
  return (await response.json()) as About;
}
