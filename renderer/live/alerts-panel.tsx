import { Button, Checkbox, MultiSelect, Select, Table, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  ALERT_EVENTS,
  ALERT_PRESETS,
  type AlertEvent,
  type AlertKind,
  type AlertPreset,
  type AlertTargetDto,
} from '../../engine/contract/dto/index.ts';
import { call, useCall } from '../state/index.ts';
import { attempt, DASH, formatTime, notify, Panel } from '../ui/index.ts';
import classes from './live.module.css';

const EVENTS: Readonly<Record<AlertEvent, string>> = {
  'signal-changed': 'Signal changed',
  'regime-changed': 'Regime changed',
  'version-stale': 'Version stale',
  'job-done': 'Job done',
  'gate-failed': 'Gate failed',
  'data-late': 'Data late',
};
const KINDS = [
  { value: 'desktop', label: 'This desktop' },
  { value: 'webhook', label: 'Webhook' },
] as const;

/** Who is told when something changes, and what could not be told. */
export function AlertsPanel() {
  const { data } = useCall('alert.list', {});
  if (data === undefined) return null;
  const { targets, unsent, hosts } = data;
  const failed = unsent.filter(({ error }) => error !== null);
  return (
    <Panel
      title="Alerts"
      note={`Webhooks go to ${hosts.join(', ') || 'no host'} alone (live.alert_hosts). A file takes them, too: regimen alert add.`}
    >
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
  const { name, kind, preset, to, markets, events, details, waiting } = target;
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
        {kind === 'webhook' ? `${preset} at ${to}` : kind === 'file' ? to : 'this desktop'}
      </Table.Td>
      <Table.Td>
        {events.map((event) => EVENTS[event]).join(', ') || 'All events'}
        <br />
        {markets.join(', ') || 'all markets'}; {details ? 'with details' : 'without details'}
      </Table.Td>
      <Table.Td>{waiting === 0 ? DASH : `${waiting} waiting`}</Table.Td>
      <Table.Td>
        <span className={classes.badges}>
          <Button size="compact-sm" variant="default" loading={testing} onClick={() => void test()}>
            Test
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Remove ${name}`}
            onClick={() => void attempt(() => call('alert.remove', { name }))}
          >
            Remove
          </Button>
        </span>
      </Table.Td>
    </Table.Tr>
  );
}

function NewTarget() {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<AlertKind>('desktop');
  const [preset, setPreset] = useState<AlertPreset>('ntfy');
  const [url, setUrl] = useState('https://ntfy.sh');
  const [to, setTo] = useState('');
  const [secret, setSecret] = useState('');
  const [events, setEvents] = useState<string[]>([]);
  const [details, setDetails] = useState(false);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const hook =
      kind === 'webhook'
        ? { url, preset, ...(to === '' ? {} : { to }), ...(secret === '' ? {} : { secret }) }
        : {};
    const wish = { name: name.trim(), kind, ...hook, events: events as AlertEvent[], details };
    const added = await attempt(() => call('alert.add', wish));
    if (added === undefined) return;
    setName('');
    setSecret('');
    notify('Alerts', `${added.name} is told from now on.`);
  };
  return (
    <form className={classes.alertForm} onSubmit={(event) => void add(event)}>
      <TextInput
        label="Name"
        value={name}
        required
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label="Where to"
        data={KINDS}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind((value ?? 'desktop') as AlertKind)}
      />
      {kind === 'webhook' ? (
        <>
          <Select
            label="Whose messages"
            data={ALERT_PRESETS}
            value={preset}
            allowDeselect={false}
            onChange={(value) => setPreset((value ?? 'generic') as AlertPreset)}
          />
          <TextInput
            label="Address"
            value={url}
            required
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          {preset === 'ntfy' || preset === 'telegram' ? (
            <TextInput
              label={preset === 'ntfy' ? 'Topic' : 'Chat id'}
              value={to}
              required
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          ) : null}
          <TextInput
            label="Key of the signature"
            description="Optional: X-Regimen-Signature, HMAC-SHA256"
            value={secret}
            type="password"
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        </>
      ) : null}
      <MultiSelect
        label="Events"
        placeholder={events.length === 0 ? 'All' : ''}
        data={ALERT_EVENTS.map((value) => ({ value, label: EVENTS[value] }))}
        value={events}
        onChange={setEvents}
      />
      <Checkbox
        label="Tell names, figures and reasons, too"
        checked={details}
        onChange={(event) => setDetails(event.currentTarget.checked)}
      />
      <Button type="submit">Add</Button>
    </form>
  );
}
