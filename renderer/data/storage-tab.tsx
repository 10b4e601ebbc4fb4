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
  plural,
} from '../ui/index.ts';
import classes from './data.module.css';
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
    <Panel title="Models on disk">
      {error === undefined ? null : <ErrorState error={error} retry={refresh} />}
      {data === undefined ? (
        error === undefined && <LoadingRows rows={3} />
      ) : (
        <>
          <p>
            Only champions keep their model file. Workspace: <code>{data.workspace}</code>
          </p>
          <Metrics label="Storage">
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
  const leftText =
    left === 0
      ? ''
      : ` ${plural(left, 'file is', 'files are')} left alone: this database is not known to have written them.`;
  const missingText =
    missing === 0 ? '' : ` The model file of ${plural(missing, 'kept run', 'kept runs')} is missing.`;
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
      notify('Cleaned up', `${formatBytes(result.freedBytes)} freed`);
      invalidate(['runs']);
    }
  };
  const goes = found === undefined ? 0 : found.unfinished + found.oldOrphans;
  const nothing =
    found !== undefined && found.checkpoints + goes + found.orphans + found.compressed + found.shrunk === 0;
  return (
    <Panel title="Clean up">
      <p>
        Removes old checkpoint files and files that were never finished, moves aside what belongs to no run
        (for a month, to <code>orphans</code> in the folder of models), compresses model files that have grown
        old, and leaves old runs whose model was not kept with the figures of their contenders.
      </p>
      <Checkbox
        mb="sm"
        label="Choose the age of checkpoints myself"
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
          label="Older than, days"
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
          <p>There is nothing to clean up.{notesOf(found)}</p>
        ) : (
          <ul className={classes.found}>
            <li>{plural(found.checkpoints, 'old checkpoint file')} would go</li>
            <li>
              {plural(goes, 'unfinished file or old orphan', 'unfinished files or old orphans')} would go
            </li>
            <li>
              {plural(found.orphans, 'file that belongs to no run', 'files that belong to no run')} would be
              moved aside
            </li>
            <li>{plural(found.compressed, 'model file')} would be compressed</li>
            <li>
              {plural(found.shrunk, 'old run that was not kept', 'old runs that were not kept')} would be left
              with the figures of contenders
            </li>
            <li>
              {formatBytes(found.freedBytes)} would be freed{notesOf(found)}
            </li>
          </ul>
        )}
      </div>
      <div className={classes.actions}>
        <Button variant="default" loading={busy} onClick={() => run(true)}>
          See what would go
        </Button>
        <ConfirmButton
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={found === undefined || nothing}
          question="Clean up now?"
          consequence={
            found === undefined
              ? ''
              : `${formatBytes(found.freedBytes)} will be freed. Results and champions stay. What goes belongs to none of them; it can’t be brought back.`
          }
          confirm="Clean up"
          onConfirm={() => void run(false)}
        >
          Clean up
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
              title: 'Back up the workspace',
              suggestedName: name,
              filters: [{ name: 'Regimen backup', extensions: ['zip'] }],
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
      notify('Backup restored', plural(restored.files, 'file'));
    });
    setBusy(undefined);
  };

  return (
    <Panel title="Backup">
      <p>
        One archive with candles, results, champions and their models. Restoring puts it in the place of what
        is in this workspace.
      </p>
      {made === undefined ? null : (
        <p role="status">
          {plural(made.files, 'file')}, {formatBytes(made.bytes)}: <code>{made.file}</code>
        </p>
      )}
      <div className={classes.actions}>
        <Button
          variant="default"
          loading={busy === 'create'}
          leftSection={<IconArchive size={16} aria-hidden />}
          onClick={create}
        >
          Create backup
        </Button>
        {made === undefined ? null : (
          <Button variant="default" onClick={() => attempt(() => client().reveal(made.file))}>
            {client().native === undefined ? 'Download it' : 'Show in folder'}
          </Button>
        )}
        <Button
          variant="default"
          loading={busy === 'restore'}
          leftSection={<IconUpload size={16} aria-hidden />}
          onClick={async () => setChosen(await chooseFile('.zip'))}
        >
          Restore a backup
        </Button>
      </div>
      <ConfirmDialog
        opened={chosen !== null}
        onClose={() => setChosen(null)}
        question="Restore this backup?"
        consequence={`Everything in this workspace is replaced by what is in ${chosen?.name ?? ''}. What is there now moves into a folder “replaced-…” in the workspace, which you may delete.`}
        confirm="Restore"
        keep="Keep what I have"
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
