import { Button, Checkbox, NumberInput } from '@mantine/core';
import { IconArchive, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { BackupDto, CleanupDto } from '../../engine/contract/dto/index.ts';
import { chooseFile } from '../client/choose-file.ts';
import { call, client, loadQueues, loadWorkspace, useCall, useUi } from '../state/index.ts';
import { ALL_TOPICS, invalidate } from '../state/topics.ts';
import {
  attempt,
  ConfirmButton,
  ConfirmDialog,
  ErrorState,
  formatBytes,
  LoadingRows,
  Metric,
  Metrics,
  notify,
  Panel,
} from '../ui/index.ts';
import classes from './data.module.css';
import { texts } from './texts.ts';
import { VerifyPanel } from './verify-panel.tsx';

/** What Regimen takes up on disk, what selection saved, and how to keep a copy. */
export function StorageTab() {
  return (
    <div className={classes.storage}>
      <Savings />
      <Cleanup />
      <Backup />
      <VerifyPanel />
    </div>
  );
}

function Savings() {
  const { data, error, refresh } = useCall('storage.summary', {});
  return (
    <Panel title={texts.modelsOnDisk}>
      {error === undefined ? null : <ErrorState error={error} retry={refresh} />}
      {data === undefined ? (
        error === undefined && <LoadingRows rows={3} />
      ) : (
        <>
          <p>{texts.onlyChampionsKeepTheirModel({ workspace: <code>{data.workspace}</code> })}</p>
          <Metrics label={texts.storage}>
            <Metric term="modelsTrained" value={data.modelsTrained} />
            <Metric term="modelsKept" value={data.modelsKept} />
            <Metric term="bytesKept" value={data.bytesKept} />
            <Metric term="bytesSaved" value={data.bytesSaved} />
            <Metric term="freeBytes" value={data.freeBytes} />
          </Metrics>
        </>
      )}
    </Panel>
  );
}

/** What a cleanup leaves alone, and should be known all the same. */
function notesOf({ left, missing }: CleanupDto): string {
  const leftText = left === 0 ? '' : texts.fileIsLeftAlone({ left });
  const missingText = missing === 0 ? '' : texts.modelFileOfKeptRun({ missing });
  return leftText + missingText;
}

function Cleanup() {
  const [ownDays, setOwnDays] = useState(false);
  const [days, setDays] = useState<number | string>(30);
  const [found, setFound] = useState<CleanupDto>();
  const [busy, setBusy] = useState(false);
  const run = async (dryRun: boolean) => {
    setBusy(true);
    const result = await attempt(() => call('cleanup.run', { dryRun, ...(ownDays ? { days } : {}) }));
    setBusy(false);
    if (result === undefined) return;
    setFound(dryRun ? result : undefined);
    if (!dryRun) {
      notify(texts.cleanedUp, texts.freedBytesFreed({ freedBytes: formatBytes(result.freedBytes) }));
      invalidate(['runs']);
    }
  };
  const goes = found === undefined ? 0 : found.unfinished + found.oldOrphans;
  const nothing =
    found !== undefined && found.checkpoints + goes + found.orphans + found.compressed + found.shrunk === 0;
  return (
    <Panel title={texts.cleanUp}>
      <p>{texts.removesOldCheckpointFiles({ code: (words) => <code>{words}</code> })}</p>
      <Checkbox
        mb="sm"
        label={texts.chooseAgeOfCheckpointsMyself}
        checked={ownDays}
        onChange={(event) => {
          setOwnDays(event.currentTarget.checked);
          setFound(undefined);
        }}
      />
      {ownDays ? (
        <NumberInput
          mb="sm"
          maw={220}
          label={texts.olderThanDays}
          value={days}
          min={0}
          max={3650}
          allowDecimal={false}
          onChange={(value) => {
            setDays(value);
            setFound(undefined);
          }}
        />
      ) : null}
      <div aria-live="polite">
        {found === undefined ? null : nothing ? (
          <p>{texts.thereIsNothingToClean({ notesOf: notesOf(found) })}</p>
        ) : (
          <ul className={classes.found}>
            <li>{texts.oldCheckpointFileWouldGo({ checkpoints: found.checkpoints })}</li>
            <li>{texts.unfinishedFileOrOldOrphan({ goes })}</li>
            <li>{texts.fileThatBelongs({ orphans: found.orphans })}</li>
            <li>{texts.modelFileWouldBeCompressed({ modelFiles: found.compressed })}</li>
            <li>{texts.oldRun({ shrunk: found.shrunk })}</li>
            <li>
              {texts.wouldBeFreed({ freedBytes: formatBytes(found.freedBytes), notesOf: notesOf(found) })}
            </li>
          </ul>
        )}
      </div>
      <div className={classes.actions}>
        <Button variant="default" loading={busy} onClick={() => run(true)}>
          {texts.seeWhatWouldGo}
        </Button>
        <ConfirmButton
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={found === undefined || nothing}
          question={texts.cleanUpNow}
          consequence={
            found === undefined ? '' : texts.willBeFreed({ freedBytes: formatBytes(found.freedBytes) })
          }
          confirm={texts.cleanUp}
          onConfirm={() => void run(false)}
        >
          {texts.cleanUp}
        </ConfirmButton>
      </div>
    </Panel>
  );
}

function Backup() {
  const [busy, setBusy] = useState<'create' | 'restore'>();
  const [made, setMade] = useState<BackupDto>();
  const [chosen, setChosen] = useState<File | null>(null);

  const create = async () => {
    setBusy('create');
    await attempt(async () => {
      const { native } = client();
      const name = backupName(new Date());
      const file =
        native === undefined
          ? name
          : await native.saveFile({
              title: texts.backUpWorkspace,
              suggestedName: name,
              filters: [{ name: texts.regimenBackup, extensions: ['zip'] }],
            });
      if (file === null) return;
      // The dialog has asked whether a file that is there may go.
      setMade(await call('backup.create', { file, overwrite: native !== undefined }));
    });
    setBusy(undefined);
  };
  const restore = async (file: File) => {
    setBusy('restore');
    await attempt(async () => {
      const restored = await call('backup.restore', { file: await client().hostFile(file) });
      await Promise.all([loadWorkspace(), loadQueues()]);
      invalidate(ALL_TOPICS);
      useUi.setState((ui) => ({ restored: ui.restored + 1 }));
      notify(texts.backupRestored, texts.countOfFiles({ files: restored.files }));
    });
    setBusy(undefined);
  };

  return (
    <Panel title={texts.backup}>
      <p>{texts.oneArchiveWithCandlesResults}</p>
      {made === undefined ? null : (
        <p role="status">
          {texts.fileBytes({
            files: made.files,
            bytes: formatBytes(made.bytes),
            file: <code>{made.file}</code>,
          })}
        </p>
      )}
      <div className={classes.actions}>
        <Button
          variant="default"
          loading={busy === 'create'}
          leftSection={<IconArchive size={16} aria-hidden />}
          onClick={create}
        >
          {texts.createBackup}
        </Button>
        {made === undefined ? null : (
          <Button variant="default" onClick={() => attempt(() => client().reveal(made.file))}>
            {client().native === undefined ? texts.downloadIt : texts.showInFolder}
          </Button>
        )}
        <Button
          variant="default"
          loading={busy === 'restore'}
          leftSection={<IconUpload size={16} aria-hidden />}
          onClick={async () => setChosen(await chooseFile('.zip'))}
        >
          {texts.restoreBackup}
        </Button>
      </div>
      <ConfirmDialog
        opened={chosen !== null}
        onClose={() => setChosen(null)}
        question={texts.restoreThisBackup}
        consequence={texts.everythingInThisWorkspace({ name: chosen?.name ?? '' })}
        confirm={texts.restore}
        keep={texts.keepWhatIHave}
        onConfirm={() => chosen !== null && void restore(chosen)}
      />
    </Panel>
  );
}

/** `regimen-backup-2026-11-20-192541.zip` (UTC) */
function backupName(now: Date): string {
  const stamp = now.toISOString();
  return `regimen-backup-${stamp.slice(0, 10)}-${stamp.slice(11, 19).replaceAll(':', '')}.zip`;
}
