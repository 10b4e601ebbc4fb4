import { Button, Table } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import type { ModelNameDto, VersionDto } from '../../engine/contract/dto/index.ts';
import { parseModelName } from '../../engine/contract/model-name.ts';
import { call, useCall } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import {
  attempt,
  Badge,
  ConfirmButton,
  DASH,
  ErrorState,
  formatDay,
  LoadingRows,
  notify,
  Page,
  Panel,
} from '../ui/index.ts';
import { GatePanel } from './gate-panel.tsx';
import { JournalPanel } from './journal-panel.tsx';
import classes from './registry.module.css';

/** A name with its versions, what the gate said of them, and what was done. */
export function NamePage({ name }: { readonly name: string }) {
  const place = parseModelName(name);
  const input = { ...place, regime: place.regime ?? 'all' };
  const { data, error, refresh } = useCall('production.show', input);
  const back = (
    <Button
      component="a"
      href={formatHash('registry')}
      variant="default"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
    >
      Back to registry
    </Button>
  );
  return (
    <Page
      title={name}
      subtitle={
        data === undefined
          ? undefined
          : data.production === null
            ? 'Nobody is in production'
            : `Version ${data.production} is in production since ${formatDay(data.since!)}`
      }
      actions={back}
    >
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={6} />
      ) : (
        <Known name={data} input={input} />
      )}
    </Page>
  );
}

/** A place as methods take it. */
export interface PlaceInput {
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
}

function Known({ name, input }: { readonly name: ModelNameDto; readonly input: PlaceInput }) {
  const [busy, setBusy] = useState<string>();
  const act = async <T,>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    setBusy(what);
    const done = await attempt(work);
    setBusy(undefined);
    return done;
  };
  const promote = async (version: string) => {
    const done = await act(`promote ${version}`, () => call('production.promote', { ...input, version }));
    if (done === undefined) return;
    if (done.promoted) notify('Promoted', `Version ${version} is in production.`);
    else notify('Not promoted', 'The gate refuses it: its report says why.');
  };
  const latest = name.versions.filter((one) => one.gate !== null);
  const asked = latest.sort((a, b) => (a.gate!.at < b.gate!.at ? 1 : -1))[0];
  const actions = (
    <div className={classes.buttons}>
      {name.aliases.previous === undefined || name.aliases.previous === name.production ? null : (
        <ConfirmButton
          question={`Roll back to ${name.aliases.previous}?`}
          consequence="It is put in charge at once, without the gate. The journal says so."
          confirm="Roll back"
          loading={busy === 'rollback'}
          onConfirm={() => void act('rollback', () => call('production.rollback', input))}
        >
          Roll back
        </ConfirmButton>
      )}
      {name.production === null ? null : (
        <ConfirmButton
          question={`Retire ${name.production}?`}
          consequence="Nobody is in charge of this name then. Rolling back puts it in charge again."
          confirm="Retire"
          loading={busy === 'retire'}
          onConfirm={() => void act('retire', () => call('production.retire', input))}
        >
          Retire
        </ConfirmButton>
      )}
    </div>
  );
  return (
    <>
      <Panel title="Versions" actions={actions} flush>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
        <section className={classes.list} aria-label="Versions, table" tabIndex={0}>
          <Table aria-label="Versions" highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Version</Table.Th>
                <Table.Th>Stage</Table.Th>
                <Table.Th>Gate</Table.Th>
                <Table.Th>Trained until</Table.Th>
                <Table.Th>Expires</Table.Th>
                <Table.Th>Model</Table.Th>
                <Table.Th>Actions</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {name.versions.toReversed().map((version) => (
                <VersionRow
                  key={version.version}
                  version={version}
                  busy={busy === `promote ${version.version}`}
                  promote={() => void promote(version.version)}
                />
              ))}
            </Table.Tbody>
          </Table>
        </section>
      </Panel>
      {asked === undefined ? null : <GatePanel report={asked.gate!} />}
      <JournalPanel input={input} />
    </>
  );
}

interface VersionRowProps {
  readonly version: VersionDto;
  readonly busy: boolean;
  promote(): void;
}

function VersionRow({ version, busy, promote }: VersionRowProps) {
  const { aliases, stage, gate, trained, expiresAt, isExpired, title } = version;
  const free = aliases.filter((alias) => !['production', 'candidate'].includes(alias));
  return (
    <Table.Tr>
      <Table.Td>{version.version}</Table.Td>
      <Table.Td>
        <Badge tone={stage === 'Production' ? 'gain' : stage === 'Staging' ? 'accent' : 'neutral'}>
          {stage}
        </Badge>
        {free.length === 0 ? null : ` ${free.join(', ')}`}
      </Table.Td>
      <Table.Td>{gate === null ? DASH : gate.passed ? 'Passed' : 'Refused'}</Table.Td>
      <Table.Td>{formatDay(trained.to)}</Table.Td>
      <Table.Td>{isExpired ? <Badge tone="warning">Expired</Badge> : formatDay(expiresAt)}</Table.Td>
      <Table.Td className={classes.words}>{title}</Table.Td>
      <Table.Td>
        {stage === 'Production' ? null : (
          <ConfirmButton
            size="xs"
            question={`Promote ${version.version}?`}
            consequence="The gate is asked first: models are trained in its test windows, which takes a while. It is put in charge where the gate passes it; then the look at its market’s holdout is spent."
            confirm="Ask the gate"
            loading={busy}
            onConfirm={promote}
          >
            Promote
          </ConfirmButton>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
