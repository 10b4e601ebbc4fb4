import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import type { AlertTargetDto } from '../../engine/contract/dto/index.ts';
import { call, useCall } from '../state/index.ts';
import { attempt, ConfirmButton, DASH, formatTime, notify, Panel } from '../ui/index.ts';
import { ALERT_EVENT_TITLES } from './alert-events.ts';
import classes from './live.module.css';
import { NewTarget } from './new-target.tsx';
import { texts } from './texts.ts';

/** Who is told when something changes, and what could not be told. */
export function AlertsPanel() {
  const { data } = useCall('alert.list', {});
  if (data === undefined) return null;
  const { targets, unsent, hosts } = data;
  const failed = unsent.filter(({ error }) => error !== null);
  return (
    <Panel
      title={texts.alerts}
      note={texts.webhooksGoToAloneLive({ hosts: hosts.join(', ') || texts.noHost })}
    >
      {targets.length === 0 ? (
        <p className={classes.count}>{texts.nobodyIsToldOfAnything}</p>
      ) : (
        <Table aria-label={texts.alerts}>
          <Table.Tbody>
            {targets.map((target) => (
              <Target key={target.name} target={target} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {failed.length === 0 ? null : (
        <>
          <p className={classes.count}>{texts.couldNotBeSent}</p>
          <ul aria-label={texts.alertsThatCould} className={classes.unsent}>
            {failed.map(({ id, target, title, at, error, nextAt }) => (
              <li key={id}>
                {texts.titleForTargetAt({ title, target, at: formatTime(at) })} {error}
                {texts.itIsGivenUp({ nextAt })}
              </li>
            ))}
          </ul>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void attempt(() => call('alert.retry', {}))}
          >
            {texts.tryAllAgain}
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
    if (sent !== undefined && kind !== 'desktop') notify(texts.itHasArrived, texts.tookTest({ name }));
  };
  return (
    <Table.Tr>
      <Table.Td>
        <strong>{name}</strong>
        <br />
        {kind === 'webhook'
          ? texts.presetAtToSigned({ preset, to, isSigned })
          : kind === 'file'
            ? to
            : texts.thisDesktopText}
      </Table.Td>
      <Table.Td>
        {events.map((event) => ALERT_EVENT_TITLES[event]).join(', ') || texts.allEvents}
        <br />
        {texts.marketsWithDetails({ markets: markets.join(', ') || texts.allMarkets, details })}
      </Table.Td>
      <Table.Td>{waiting === 0 ? DASH : texts.waiting({ waiting })}</Table.Td>
      <Table.Td>
        <span className={classes.badges}>
          <Button size="compact-sm" variant="default" loading={testing} onClick={() => void test()}>
            {texts.test}
          </Button>
          <ConfirmButton
            size="compact-sm"
            aria-label={texts.removeName({ name })}
            question={texts.tellNoMore({ name })}
            consequence={texts.alertThatWaits({ waiting })}
            confirm={texts.removeIt}
            onConfirm={() => void attempt(() => call('alert.remove', { name }))}
          >
            {texts.remove}
          </ConfirmButton>
        </span>
      </Table.Td>
    </Table.Tr>
  );
}
