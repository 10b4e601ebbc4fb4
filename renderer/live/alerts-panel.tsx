import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import type { AlertTargetDto } from '../../engine/contract/dto/index.ts';
import { call, useCall } from '../state/index.ts';
import { attempt, ConfirmButton, DASH, formatTime, notify, Panel, plural } from '../ui/index.ts';
import { ALERT_EVENT_TITLES } from './alert-events.ts';
import classes from './live.module.css';
import { NewTarget } from './new-target.tsx';

/** Who is told when something changes, and what could not be told. */
export function AlertsPanel() {
  const { data } = useCall('alert.list', {});
  if (data === undefined) return null;
  const { targets, unsent, hosts } = data;
  const failed = unsent.filter(({ error }) => error !== null);
  return (
    <Panel title="Alerts" note={`Webhooks go to ${hosts.join(', ') || 'no host'} alone (live.alert_hosts).`}>
      {targets.length === 0 ? (
        <p className={classes.count}>Nobody is told of anything yet.</p>
      ) : (
        <Table aria-label="Alerts">
          <Table.Tbody>
            {targets.map((target) => (
              <Target key={target.name} target={target} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {failed.length === 0 ? null : (
        <>
          <p className={classes.count}>Could not be sent:</p>
          <ul aria-label="Alerts that could not be sent" className={classes.unsent}>
            {failed.map(({ id, target, title, at, error, nextAt }) => (
              <li key={id}>
                {title} for {target}, {formatTime(at)}: {error}.{' '}
                {nextAt === null ? 'It is given up.' : `It is tried again at ${formatTime(nextAt)}.`}
              </li>
            ))}
          </ul>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void attempt(() => call('alert.retry', {}))}
          >
            Try all again
          </Button>
        </>
      )}
      <NewTarget />
    </Panel>
  );
}

function Target({ target }: { readonly target: AlertTargetDto }) {
  const { name, kind, preset, to, isSigned, markets, events, details, waiting } = target;
  const [testing, setTesting] = useState(false);
  const test = async () => {
    setTesting(true);
    const sent = await attempt(() => call('alert.test', { name }));
    setTesting(false);
    if (sent !== undefined && kind !== 'desktop') notify('It has arrived', `${name} took the test.`);
  };
  return (
    <Table.Tr>
      <Table.Td>
        <strong>{name}</strong>
        <br />
        {kind === 'webhook'
          ? `${preset} at ${to}${isSigned ? ', signed' : ''}`
          : kind === 'file'
            ? to
            : 'this desktop'}
      </Table.Td>
      <Table.Td>
        {events.map((event) => ALERT_EVENT_TITLES[event]).join(', ') || 'All events'}
        <br />
        {markets.join(', ') || 'all markets'}; {details ? 'with details' : 'without details'}
      </Table.Td>
      <Table.Td>{waiting === 0 ? DASH : `${waiting} waiting`}</Table.Td>
      <Table.Td>
        <span className={classes.badges}>
          <Button size="compact-sm" variant="default" loading={testing} onClick={() => void test()}>
            Test
          </Button>
          <ConfirmButton
            size="compact-sm"
            aria-label={`Remove ${name}`}
            question={`Tell ${name} no more?`}
            consequence={`${waiting === 0 ? '' : `${plural(waiting, 'alert')} that ${waiting === 1 ? 'waits' : 'wait'} for it ${waiting === 1 ? 'goes' : 'go'} with it. `}It can’t be taken back: addresses and keys are never read out again, so it would have to be set up anew.`}
            confirm="Remove it"
            onConfirm={() => void attempt(() => call('alert.remove', { name }))}
          >
            Remove
          </ConfirmButton>
        </span>
      </Table.Td>
    </Table.Tr>
  );
}
