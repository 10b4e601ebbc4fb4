import { Button, Menu } from '@mantine/core';
import { IconApi, IconCopy, IconDownload, IconFileCode, IconTerminal2 } from '@tabler/icons-react';
import { useState } from 'react';
import type { JobRequestInput } from '../../engine/contract/job-request.ts';
import { download } from '../client/download.ts';
import { useCall } from '../state/index.ts';
import { attempt, notify } from '../ui/index.ts';

/** Where this page's server is; of a window without one, where it usually is. */
const origin = () => (/^https?:$/.test(window.location.protocol) ? { origin: window.location.origin } : {});

/** The job of a form for a terminal, for HTTP and as a file. Null: the form asks for nothing yet. */
export function CopyMenu({ request }: { readonly request: JobRequestInput | null }) {
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
      title: 'Copy as command line',
      icon: IconTerminal2,
      run: () => copy(written!.command, 'Copied as command line'),
    },
    { title: 'Copy as HTTP call', icon: IconApi, run: () => copy(written!.http, 'Copied as HTTP call') },
    { title: 'Copy as YAML', icon: IconFileCode, run: () => copy(written!.yaml, 'Copied as YAML') },
    {
      title: `Save as ${written?.file ?? 'YAML'}`,
      icon: IconDownload,
      run: () => download(new Blob([written!.yaml], { type: 'application/yaml' }), written!.file),
    },
  ];
  return (
    <Menu position="top-end" shadow="md" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconCopy size={16} aria-hidden />}
          disabled={request === null}
        >
          Copy as …
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
      </Menu.Dropdown>
    </Menu>
  );
}
