import { useState } from 'react';
import { call, useCall } from '../../state/index.ts';
import { attempt, notify } from '../../ui/index.ts';
import { Dialog, ReasonField, reasonOf } from '../dialog.tsx';
import { GateLines } from './gate-lines.tsx';
import { texts } from './texts.ts';

interface MoveProps {
  readonly opened: boolean;
  onClose(): void;
}

/** Puts a version in charge where its gate passes. What the gate says stands there before anything is done. */
export function PromoteDialog({ version, ...dialog }: MoveProps & { readonly version: string }) {
  const [reason, setReason] = useState('');
  const { data: lines } = useCall('survival.gate', { version });
  const failed = lines?.filter(({ passed }) => !passed) ?? [];
  const onlyCompared = failed.length > 0 && failed.every(({ line }) => line === 'comparison');
  const promote = async () => {
    const done = await attempt(() =>
      call('survival.promote', { version, ...(onlyCompared && { force: true }), ...reasonOf(reason) }),
    );
    if (done !== undefined) notify(texts.promoted, texts.versionIsInProductionOf({ version: done.version }));
  };
  return (
    <Dialog
      {...dialog}
      title={texts.promoteVersion({ version })}
      consequence={
        failed.length === 0
          ? texts.itsWordStandsBesideEach
          : onlyCompared
            ? texts.itDoesWorseThanWhat
            : texts.gateRefusesIt
      }
      confirm={onlyCompared ? texts.promoteAllSame : texts.promote}
      grave={onlyCompared}
      disabled={lines === undefined || (failed.length > 0 && !onlyCompared)}
      onConfirm={() => void promote()}
    >
      <GateLines lines={lines ?? []} />
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}

/** Back to who spoke before. */
export function RollbackDialog(dialog: MoveProps) {
  const [reason, setReason] = useState('');
  const back = async () => {
    const done = await attempt(() => call('survival.rollback', reasonOf(reason)));
    if (done !== undefined)
      notify(texts.rolledBack, texts.versionIsInProductionOf({ version: done.version }));
  };
  return (
    <Dialog
      {...dialog}
      size="md"
      title={texts.rollBackTitle}
      consequence={texts.versionThatWasInCharge}
      confirm={texts.rollBack}
      grave
      onConfirm={() => void back()}
    >
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}

/** Leaves nobody in charge. */
export function RetireDialog(dialog: MoveProps) {
  const [reason, setReason] = useState('');
  const retire = async () => {
    const done = await attempt(() => call('survival.retire', reasonOf(reason)));
    if (done !== undefined)
      notify(texts.retired, texts.versionIsInProductionNoMore({ version: done.version }));
  };
  return (
    <Dialog
      {...dialog}
      size="md"
      title={texts.retireIt}
      consequence={texts.nobodyIsInCharge}
      confirm={texts.retire}
      grave
      onConfirm={() => void retire()}
    >
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}
