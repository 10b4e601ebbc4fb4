import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { VerifyDto, VerifyProblemDto } from '../../engine/contract/dto/index.ts';
import { call, useCall } from '../state/index.ts';
import { attempt, ErrorState, formatTime, Panel } from '../ui/index.ts';
import classes from './data.module.css';
import { texts } from './texts.ts';

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
    <Panel title={texts.verify}>
      <p>{texts.readsDatabaseCandlesModels}</p>
      {error === undefined ? null : <ErrorState error={error} retry={refresh} />}
      <div aria-live="polite">
        {shown === undefined ? null : shown === null ? (
          <p>{texts.notVerifiedYet}</p>
        ) : (
          <Verified {...shown} />
        )}
      </div>
      <div className={classes.actions}>
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconShieldCheck size={16} aria-hidden />}
          onClick={verify}
        >
          {texts.verify}
        </Button>
      </div>
    </Panel>
  );
}

function Verified({ at, counts, problems }: VerifyDto) {
  const { candles, models, checkpoints, backups } = counts;
  const read = texts.databaseCandleFileModel({ candles, models, checkpoints, backups });
  const when = formatTime(at);
  if (problems.length === 0) {
    return <p>{texts.allWas({ when, read })}</p>;
  }
  return (
    <section className={classes.badLines} aria-label={texts.notAsItWasWritten}>
      <strong>{texts.oneThing({ problems: problems.length, when })}</strong>
      <div>{texts.read({ read })}</div>
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
        {from === null
          ? kind !== 'checkpoints' && texts.noCheckpointOrBackup
          : texts.canBeHadFrom({ from: <code>{from}</code> })}
      </div>
    </li>
  );
}
