import { ActionIcon, Button, Select, Table, TextInput, Tooltip } from '@mantine/core';
import { IconEye, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { WatchedFileDto, WatchedFolderDto, WatchedState } from '../../engine/contract/dto/index.ts';
import { call, client, useCall } from '../state/index.ts';
import {
  attempt,
  Badge,
  formatTime,
  Head,
  notify,
  notifyUndo,
  Panel,
  SideScroll,
  type Tone,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './data.module.css';
import { texts } from './texts.ts';
import { TIME_ZONES } from './time-zones.ts';

const STATES: Readonly<Record<WatchedState, { readonly text: string; readonly tone: Tone }>> = {
  current: { text: texts.upToDate, tone: 'gain' },
  waiting: { text: texts.waits, tone: 'neutral' },
  left: { text: texts.leftAlone, tone: 'warning' },
  gone: { text: texts.gone, tone: 'neutral' },
};

/** Folders that terminals export to, and what became of each file. */
export function WatchedPanel() {
  const { data: folders = [] } = useCall('market.watched', {});
  const { native } = client();
  const [path, setPath] = useState('');
  const [timezone, setTimezone] = useState<string | null>(null);

  const watch = async () => {
    const folder = native === undefined ? path.trim() : await native.openFolder({ title: texts.watchFolder });
    if (folder === null || folder === '') return;
    const added = await attempt(() =>
      call('market.watch', { folder, ...(timezone === null ? {} : { timezone }) }),
    );
    if (added === undefined) return;
    setPath('');
    notify(texts.watching, texts.itsFilesAreImported({ folder: added.folder }));
  };

  return (
    <Panel title={texts.watchedFolders} note={texts.whatTerminalExportsThere}>
      <form
        className={classes.watchForm}
        onSubmit={(event) => {
          event.preventDefault();
          void watch();
        }}
      >
        {native === undefined ? (
          <TextInput
            label={texts.folder}
            description={texts.oneInWorkspace({ code: (words) => <code>{words}</code> })}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
        ) : null}
        <Select
          label={texts.timeZoneOfItsFiles}
          description={texts.whereTheyDoNotSay}
          placeholder={texts.asEachFileTells}
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
          {native === undefined ? texts.watch : texts.watchFolderText}
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
      texts.folderIsNoLongerWatched({ folder }),
      () => void attempt(() => call('market.watch', { ...(options as { timezone?: string }), folder })),
    );
  };
  const zone = options.timezone;
  return (
    <section className={classes.watched} aria-label={texts.watchedFolder({ folder })}>
      <div className={classes.watchedHead}>
        <strong className={classes.fileName}>{folder}</strong>
        {by === 'elsewhere' ? <span>{texts.watchedByAnotherProcess}</span> : null}
        {by === null ? <span>{texts.watchedInMoment}</span> : null}
        {zone === undefined ? null : <span>{texts.timesAs({ zone: String(zone) })}</span>}
        <Tooltip label={texts.watchItNoMore}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={texts.watchNoMore({ folder })}
            onClick={() => void end()}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {problem === null ? null : <p role="alert">{problem}</p>}
      {files.length === 0 ? (
        <p className={classes.watchedNote}>{texts.noFileOfMarketData}</p>
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
    <SideScroll label={texts.filesOf({ folder })}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Head>{texts.file}</Head>
            <Head>{texts.series}</Head>
            <Head>{common.state}</Head>
            <Head>{common.since}</Head>
            <Head>{texts.whatBecameOfIt}</Head>
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
    </SideScroll>
  );
}
