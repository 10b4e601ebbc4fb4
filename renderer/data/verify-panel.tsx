import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { VerifyDto, VerifyProblemDto } from '../../engine/contract/dto/index.ts';
import { call, useCall } from '../state/index.ts';
import { attempt, ErrorState, formatTime, Panel, plural } from '../ui/index.ts';
import classes from './data.module.css';

/** Whether everything on disk is still what was written, and what brings back what is not. */
export function VerifyPanel() {
  const { data: last, error, refresh } = useCall('verify.last', {});
  const [found, setFound] = useState<VerifyDto>();
  const [busy, setBusy] = useState(false);
  const verify = async () => {
    setBusy(true);
    const result = await attempt(() => call('verify.record', {}));
    setBusy(false);
    if (result !== undefined) setFound(result);
  };
  // The week's own verification may have come after the button's.
  const shown = found !== undefined && (last == null || found.at > last.at) ? found : last;
  return (
    <Panel title="Verify">
      <p>
        Reads database, candles, models, checkpoints and backups through and compares them with their
        checksums. Changes nothing. Done by itself once a week, while nothing is trained.
      </p>
      {error === undefined ? null : <ErrorState error={error} retry={refresh} />}
      <div aria-live="polite">
        {shown === undefined ? null : shown === null ? <p>Not verified yet.</p> : <Verified {...shown} />}
      </div>
      <div className={classes.actions}>
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconShieldCheck size={16} aria-hidden />}
          onClick={verify}
        >
          Verify
        </Button>
      </div>
    </Panel>
  );
}

function Verified({ at, counts, problems }: VerifyDto) {
  const { candles, models, checkpoints, backups } = counts;
  const read = `the database, ${plural(candles, 'candle file')}, ${plural(models, 'model')}, ${plural(checkpoints, 'checkpoint')} and ${plural(backups, 'backup')}`;
  const when = formatTime(at);
  if (problems.length === 0) {
    return (
      <p>
        All was as it was written on {when}: {read}.
      </p>
    );
  }
  return (
    <section className={classes.badLines} aria-label="Not as it was written">
      <strong>
        {problems.length === 1 ? 'One thing was' : `${problems.length} things were`} not as written on {when}
      </strong>
      <div>Read: {read}.</div>
      <ul className={classes.problems}>
        {problems.map((problem) => (
          <Problem key={`${problem.path} ${problem.message}`} {...problem} />
        ))}
      </ul>
    </section>
  );
}

function Problem({ kind, path, message, from }: VerifyProblemDto) {
  return (
    <li>
      {message.includes(path) ? null : (
        <>
          <code>{path}</code>:{' '}
        </>
      )}
      {message}
      <div>
        {from === null ? (
          kind !== 'checkpoints' && 'No checkpoint or backup that was found has it.'
        ) : (
          <>
            Can be had from: <code>{from}</code>
          </>
        )}
      </div>
    </li>
  );
}
