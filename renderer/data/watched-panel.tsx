import { ActionIcon, Button, Select, Table, TextInput, Tooltip } from '@mantine/core';
import { IconEye, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { WatchedFileDto, WatchedFolderDto, WatchedState } from '../../engine/contract/dto/index.ts';
import { call, client, useCall } from '../state/index.ts';
import { attempt, Badge, formatTime, Head, notify, notifyUndo, Panel, type Tone } from '../ui/index.ts';
import classes from './data.module.css';
import { TIME_ZONES } from './time-zones.ts';

const STATES: Readonly<Record<WatchedState, { readonly text: string; readonly tone: Tone }>> = {
  current: { text: 'Up to date', tone: 'gain' },
  waiting: { text: 'Waits', tone: 'neutral' },
  left: { text: 'Left alone', tone: 'warning' },
  gone: { text: 'Gone', tone: 'neutral' },
};

/** Folders that terminals export to, and what became of each file. */
export function WatchedPanel() {
  const { data: folders = [] } = useCall('market.watched', {});
  const { native } = client();
  const [path, setPath] = useState('');
  const [timezone, setTimezone] = useState<string | null>(null);

  const watch = async () => {
    const folder = native === undefined ? path.trim() : await native.openFolder({ title: 'Watch a folder' });
    if (folder === null || folder === '') return;
    const added = await attempt(() =>
      call('market.watch', { folder, ...(timezone === null ? {} : { timezone }) }),
    );
    if (added === undefined) return;
    setPath('');
    notify('Watching', `${added.folder}: its files are imported as they grow.`);
  };

  return (
    <Panel
      title="Watched folders"
      note="What a terminal exports there is joined as its bars close, while Regimen is open. What is not certain is left alone and said."
    >
      <form
        className={classes.watchForm}
        onSubmit={(event) => {
          event.preventDefault();
          void watch();
        }}
      >
        {native === undefined ? (
          <TextInput
            label="Folder"
            description={
              <>
                One in the workspace; any other: <code>regimen market watch FOLDER</code>
              </>
            }
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
        ) : null}
        <Select
          label="Time zone of its files"
          description="Where they do not say it themselves"
          placeholder="As each file tells"
          data={TIME_ZONES}
          value={timezone}
          onChange={setTimezone}
          searchable
          clearable
          limit={50}
        />
        <Button
          type="submit"
          variant="default"
          leftSection={<IconEye size={16} aria-hidden />}
          disabled={native === undefined && path.trim() === ''}
        >
          {native === undefined ? 'Watch' : 'Watch a folder …'}
        </Button>
      </form>
      {folders.map((one) => (
        <WatchedFolder key={one.folder} watched={one} />
      ))}
    </Panel>
  );
}

function WatchedFolder({ watched }: { readonly watched: WatchedFolderDto }) {
  const { folder, by, problem, files, options } = watched;
  const end = async () => {
    const done = await attempt(() => call('market.unwatch', { folder }));
    if (done === undefined) return;
    notifyUndo(
      `${folder} is no longer watched; what was imported stays`,
      () => void attempt(() => call('market.watch', { ...(options as { timezone?: string }), folder })),
    );
  };
  const zone = options.timezone;
  return (
    <section className={classes.watched} aria-label={`Watched folder ${folder}`}>
      <div className={classes.watchedHead}>
        <strong className={classes.fileName}>{folder}</strong>
        {by === 'elsewhere' ? <span>watched by another process</span> : null}
        {by === null ? <span>watched in a moment</span> : null}
        {zone === undefined ? null : <span>times as {String(zone)}</span>}
        <Tooltip label="Watch it no more; what was imported stays">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Watch ${folder} no more`}
            onClick={() => void end()}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {problem === null ? null : <p role="alert">{problem}</p>}
      {files.length === 0 ? (
        <p className={classes.watchedNote}>No file of market data was read in it yet.</p>
      ) : (
        <FilesTable folder={folder} files={files} />
      )}
    </section>
  );
}

function FilesTable({
  folder,
  files,
}: {
  readonly folder: string;
  readonly files: readonly WatchedFileDto[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label={`Files of ${folder}`}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Head>File</Head>
            <Head>Series</Head>
            <Head>State</Head>
            <Head>Since</Head>
            <Head>What became of it</Head>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {files.map(({ file, series, state, at, message }) => (
            <Table.Tr key={file}>
              <Table.Td>{file.slice(folder.length + 1)}</Table.Td>
              <Table.Td>{series.join(', ') || '–'}</Table.Td>
              <Table.Td>
                <Badge tone={STATES[state].tone}>{STATES[state].text}</Badge>
              </Table.Td>
              <Table.Td>{formatTime(at)}</Table.Td>
              <Table.Td className={classes.watchedMessage}>
                {message.replaceAll(`${folder}/`, '').replaceAll(`${folder}\\`, '')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
