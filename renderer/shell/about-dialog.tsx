import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { UpdateDto } from '../../engine/contract/dto/index.ts';
import { updateText } from '../../engine/contract/update-text.ts';
import { VERSION } from '../../engine/contract/version.ts';
import { call, client, closeDialog, useUi } from '../state/index.ts';
import { attempt } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './shell.module.css';
import { texts } from './texts.ts';

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
  const opened = useUi((ui) => ui.dialog === 'about');
  return (
    <Modal
      opened={opened}
      onClose={closeDialog}
      size="lg"
      title={texts.aboutRegimen}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack gap="md">
        <Updates />
        <Text size="sm">
          {texts.nothingOfItIsSigned({ installed: client().kind === 'electron' ? INSTALLED : SERVED })}
        </Text>
        <Parts />
      </Stack>
    </Modal>
  );
}

const INSTALLED = texts.onMacOSAndWindowsArchive;
const SERVED = texts.thisPageComesFromServer;

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
        {update === undefined ? texts.regimenVersion({ version: VERSION }) : updateText(update)}
      </Text>
      <Button flex="none" variant="default" size="compact-sm" loading={isAsking} onClick={() => void ask()}>
        {texts.lookForNewerOne}
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
        <summary>{texts.regimenIsFreeSoftwareOf({ author })}</summary>
        <pre>{license}</pre>
      </details>
      <section aria-label={texts.libraries}>
        <Text size="sm" fw={600}>
          {texts.madeWithLibrary({ libraries: libraries.length })}
        </Text>
        <Text size="sm" c="dimmed" mb="xs">
          {texts.whatInstalledRegimenBringsBeside}
        </Text>
        <div className={classes.notices}>
          {libraries.map(({ name, version, license, author, text }) => (
            <details key={`${name} ${version}`} className={classes.notice}>
              <summary>
                {name} {version} <span>{license}</span>
              </summary>
              <pre>{text ?? texts.nameHasNoLicenseFile({ name, author: author ?? '' }).trim()}</pre>
            </details>
          ))}
        </div>
      </section>
    </>
  );
}

async function fetchAbout(): Promise<About> {
  const response = await fetch('./about.json');
  if (!response.ok) throw new Error(texts.licensesCantBeRead({ status: response.status }));
  return (await response.json()) as About;
}
