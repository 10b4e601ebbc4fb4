import { Button, Menu } from '@mantine/core';
import {
  IconApi,
  IconCopy,
  IconDownload,
  IconFileCode,
  IconFileText,
  IconTerminal2,
} from '@tabler/icons-react';
import { useState } from 'react';
import { type JobRequestInput, sampleRequest } from '../../engine/contract/job-request.ts';
import { download } from '../client/download.ts';
import { call, useCall } from '../state/index.ts';
import { attempt, notify } from '../ui/index.ts';
import { texts } from './texts/jobs.ts';

/** Where this page's server is; of a window without one, where it usually is. */
const origin = () => (/^https?:$/.test(window.location.protocol) ? { origin: window.location.origin } : {});

interface CopyMenuProps {
  readonly kind: Parameters<typeof sampleRequest>[0];
  /** Null: the form asks for nothing yet. */
  readonly request: JobRequestInput | null;
}

const saveText = (text: string, file: string) =>
  download(new Blob([text], { type: 'application/yaml' }), file);

/** The job of a form for a terminal, for HTTP and as a file; and a sample of its kind to begin a file with. */
export function CopyMenu({ kind, request }: CopyMenuProps) {
  const [opened, setOpened] = useState(false);
  const { data, loading } = useCall(
    'jobs.write',
    opened && request !== null ? { request, ...origin() } : null,
  );
  const written = loading ? undefined : data;
  const copy = (text: string, said: string) =>
    attempt(async () => {
      await navigator.clipboard.writeText(text);
      notify(said);
    });
  const items = [
    {
      title: texts.copyAsCommandLine,
      icon: IconTerminal2,
      run: () => copy(written!.command, texts.copiedAsCommandLine),
    },
    { title: texts.copyAsHttpCall, icon: IconApi, run: () => copy(written!.http, texts.copiedAsHttpCall) },
    { title: texts.copyAsYaml, icon: IconFileCode, run: () => copy(written!.yaml, texts.copiedAsYaml) },
    {
      title: texts.saveAs({ file: written?.file }),
      icon: IconDownload,
      run: () => saveText(written!.yaml, written!.file),
    },
  ];
  return (
    <Menu position="top-end" shadow="md" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />}>
          {texts.copyAs}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ title, icon: Icon, run }) => (
          <Menu.Item
            key={title}
            leftSection={<Icon size={16} aria-hidden />}
            disabled={written === undefined}
            onClick={() => void run()}
          >
            {title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconFileText size={16} aria-hidden />}
          onClick={() =>
            void attempt(async () => {
              const sample = await call('jobs.write', { request: sampleRequest(kind) });
              saveText(sample.yaml, `sample.${sample.file}`);
            })
          }
        >
          {texts.saveSampleYaml}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
