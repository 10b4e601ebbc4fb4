import { Button, Table } from '@mantine/core';
import { IconArrowLeft, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { ModelNameDto, VersionDto } from '../../engine/contract/dto/index.ts';
import { formatRefusal } from '../../engine/contract/model-formats.ts';
import { parseModelName } from '../../engine/contract/model-name.ts';
import { GatePanel } from '../gate/index.ts';
import { call, useCall } from '../state/index.ts';
import { trainHash } from '../state/train-link.ts';
import { formatHash } from '../state/ui.ts';
import { ExportMenu, ReportButton } from '../strategy/index.ts';
import {
  Badge,
  DASH,
  ErrorState,
  formatDay,
  Head,
  LoadingRows,
  Page,
  Panel,
  SideScroll,
  useNameTitle,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { ComparePanel } from './compare-panel.tsx';
import { DialogButton } from './dialog.tsx';
import { ForwardPanel } from './forward-panel.tsx';
import { ImportedDialog } from './imported-dialog.tsx';
import { JournalPanel } from './journal-panel.tsx';
import {
  AliasDialog,
  AskDialog,
  type MoveProps,
  PromoteDialog,
  RetireDialog,
  RollbackDialog,
  UpdateDialog,
} from './moves.tsx';
import classes from './registry.module.css';
import { ReportButtons } from './report-buttons.tsx';
import { texts } from './texts.ts';

/** A name with its versions, what the gate said of them, and what was done. */
export function NamePage({ name }: { readonly name: string }) {
  const nameTitle = useNameTitle();
  const place = parseModelName(name);
  const input = { ...place, regime: place.regime ?? 'all' };
  const { data, error, refresh } = useCall('production.show', input);
  const actions = (
    <>
      <Button
        component="a"
        href={trainHash(place)}
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden />}
      >
        {texts.trainAgain}
      </Button>
      <Button
        component="a"
        href={formatHash('registry')}
        variant="default"
        leftSection={<IconArrowLeft size={16} aria-hidden />}
      >
        {texts.backToRegistry}
      </Button>
    </>
  );
  return (
    <Page
      title={nameTitle(name)}
      subtitle={
        data === undefined
          ? undefined
          : data.production === null
            ? texts.nobodyIsInProduction
            : texts.versionIsInProductionSince({ production: data.production, since: formatDay(data.since!) })
      }
      actions={actions}
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
  const act = async (what: string, work: () => Promise<unknown>) => {
    setBusy(what);
    await work();
    setBusy(undefined);
  };
  const move = { name, input, act };
  const latest = name.versions.filter((one) => one.gate !== null);
  const asked = latest.sort((a, b) => (a.gate!.at < b.gate!.at ? 1 : -1))[0];
  const canRollBack = name.versions.some(({ version }) => version !== name.production);
  const actions = (
    <div className={classes.buttons}>
      <DialogButton dialog={(dialog) => <ImportedDialog {...dialog} name={name.name} names={[name]} />}>
        {texts.judgeModelFromElsewhere}
      </DialogButton>
      <DialogButton loading={busy === 'alias'} dialog={(dialog) => <AliasDialog {...move} {...dialog} />}>
        {texts.alias}
      </DialogButton>
      {canRollBack ? (
        <DialogButton
          loading={busy === 'rollback'}
          dialog={(dialog) => <RollbackDialog {...move} {...dialog} />}
        >
          {texts.rollBack}
        </DialogButton>
      ) : null}
      {name.production === null ? null : (
        <DialogButton loading={busy === 'retire'} dialog={(dialog) => <RetireDialog {...move} {...dialog} />}>
          {texts.retire}
        </DialogButton>
      )}
    </div>
  );
  return (
    <>
      <Panel title={common.versions} actions={actions} flush>
        <SideScroll className={classes.list} label={texts.versionsTable}>
          <Table aria-label={common.versions} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Head>{common.version}</Head>
                <Head>{texts.stage}</Head>
                <Head>{common.gate}</Head>
                <Head>{texts.trainedUntil}</Head>
                <Head>{common.expires}</Head>
                <Head>{common.model}</Head>
                <Head>{texts.actions}</Head>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {name.versions.toReversed().map((version) => (
                <VersionRow key={version.version} version={version} busy={busy} move={move} />
              ))}
            </Table.Tbody>
          </Table>
        </SideScroll>
      </Panel>
      <ForwardPanel name={name.name} />
      {asked === undefined ? null : (
        <GatePanel report={asked.gate!} actions={<ReportButtons report={asked.gate!} input={input} />} />
      )}
      {name.versions.length < 2 ? null : <ComparePanel name={name} input={input} />}
      <JournalPanel name={name.name} input={input} />
    </>
  );
}

interface VersionRowProps {
  readonly version: VersionDto;
  /** What is being done. */
  readonly busy: string | undefined;
  readonly move: Omit<MoveProps, 'opened' | 'onClose'>;
}

function VersionRow({ version, busy, move }: VersionRowProps) {
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
      <Table.Td>{gate === null ? DASH : gate.passed ? texts.passed : texts.refused}</Table.Td>
      <Table.Td>{formatDay(trained.to)}</Table.Td>
      <Table.Td>{isExpired ? <Badge tone="warning">{common.expired}</Badge> : formatDay(expiresAt)}</Table.Td>
      <Table.Td className={classes.words}>
        {title}
        {version.update === null ? null : <p className={classes.lineage}>{version.update.text}</p>}
      </Table.Td>
      <Table.Td>
        <div className={classes.rowButtons}>
          <ExportMenu
            label={texts.exportVersion({ version: version.version })}
            head={texts.model}
            refusal={(format) => formatRefusal(format, version.configuration)}
            writeModel={(format) =>
              call('production.export', {
                symbol: version.symbol,
                timeframe: version.timeframe,
                regime: version.regime ?? 'all',
                version: version.version,
                format,
              })
            }
          />
          <ReportButton of={{ name: version.name, version: version.version }} what={version.version} />
          <DialogButton
            size="xs"
            loading={busy === `ask ${version.version}`}
            aria-label={texts.askGateOfVersion({ version: version.version })}
            dialog={(dialog) => <AskDialog {...move} {...dialog} version={version} />}
          >
            {texts.ask}
          </DialogButton>
          {[texts.production, texts.staging].includes(stage) ? (
            <DialogButton
              size="xs"
              loading={busy === `update ${version.version}`}
              aria-label={texts.updateWithNewCandlesLabel({ version: version.version })}
              dialog={(dialog) => <UpdateDialog {...move} {...dialog} version={version} />}
            >
              {texts.update}
            </DialogButton>
          ) : null}
          {stage === 'Production' ? null : (
            <DialogButton
              size="xs"
              loading={busy === `promote ${version.version}`}
              aria-label={texts.promoteVersionLabel({ version: version.version })}
              dialog={(dialog) => <PromoteDialog {...move} {...dialog} version={version} />}
            >
              {texts.promote}
            </DialogButton>
          )}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
