import { useState } from 'react';
import { call, useCall } from '../../state/index.ts';
import { attempt, notify } from '../../ui/index.ts';
import { Dialog, ReasonField, reasonOf } from '../dialog.tsx';
import { GateLines } from './gate-lines.tsx';

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
    if (done !== undefined) notify('Promoted', `Version ${done.version} is in production.`);
  };
  return (
    <Dialog
      {...dialog}
      title={`Promote ${version}?`}
      consequence={
        failed.length === 0
          ? 'Its word stands beside each champion from then on.'
          : onlyCompared
            ? 'It does worse than what is in production. To put it in charge all the same stands in the journal for ever.'
            : 'The gate refuses it: what says no more than chance is put beside no champion.'
      }
      confirm={onlyCompared ? 'Promote all the same' : 'Promote'}
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
    if (done !== undefined) notify('Rolled back', `Version ${done.version} is in production.`);
  };
  return (
    <Dialog
      {...dialog}
      size="md"
      title="Roll back?"
      consequence="The version that was in charge before is put there at once, without the gate. The journal says so."
      confirm="Roll back"
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
    if (done !== undefined) notify('Retired', `Version ${done.version} is in production no more: nobody is.`);
  };
  return (
    <Dialog
      {...dialog}
      size="md"
      title="Retire it?"
      consequence="Nobody is in charge from then on, and nothing stands beside champions. The version stays."
      confirm="Retire"
      grave
      onConfirm={() => void retire()}
    >
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}
