import { Button, Table } from '@mantine/core';
import { IconFileImport, IconPlus, IconTags } from '@tabler/icons-react';
import type { ModelNameDto } from '../../engine/contract/dto/index.ts';
import { useCall } from '../state/index.ts';
import { trainHash } from '../state/train-link.ts';
import { formatHash } from '../state/ui.ts';
import {
  Badge,
  DASH,
  EmptyState,
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
import { DialogButton } from './dialog.tsx';
import { ImportedDialog } from './imported-dialog.tsx';
import { JournalButton } from './journal-button.tsx';
import classes from './registry.module.css';
import { SchedulePanels } from './schedule-panel.tsx';
import { SurvivalSummary } from './survival/summary-panel.tsx';
import { texts } from './texts.ts';

/** All names: who is in charge of each, since when, and what waits. */
export function Names() {
  const { data, error, refresh } = useCall('production.list', {});
  return (
    <Page
      title={texts.registry}
      subtitle={texts.whichModelIsInUse}
      actions={
        <>
          {data?.some(({ production }) => production !== null) ? (
            <Button component="a" href={trainHash('all')} variant="default">
              {texts.trainAllAgain}
            </Button>
          ) : null}
          <DialogButton
            leftSection={<IconFileImport size={16} aria-hidden />}
            dialog={(dialog) => <ImportedDialog {...dialog} names={data ?? []} />}
          >
            {texts.judgeModelFromElsewhere}
          </DialogButton>
          <Button component="a" href={trainHash()} leftSection={<IconPlus size={16} aria-hidden />}>
            {common.trainForProduction}
          </Button>
        </>
      }
    >
      <Panel
        title={texts.names}
        note={texts.nameIsPlaceOfUse}
        actions={data === undefined || data.length === 0 ? undefined : <JournalButton file="journal.csv" />}
        flush
      >
        {error !== undefined ? (
          <ErrorState error={error} retry={refresh} />
        ) : data === undefined ? (
          <LoadingRows rows={4} />
        ) : data.length === 0 ? (
          <EmptyState
            icon={<IconTags size={28} aria-hidden />}
            title={texts.nothingIsRegisteredYet}
            action={
              <Button component="a" href={formatHash('evidence')} variant="default">
                {texts.chooseChampion}
              </Button>
            }
          >
            {texts.trainForProduction}
          </EmptyState>
        ) : (
          <NameTable names={data} />
        )}
      </Panel>
      <SurvivalSummary />
      <SchedulePanels />
    </Page>
  );
}

function NameTable({ names }: { readonly names: readonly ModelNameDto[] }) {
  const nameTitle = useNameTitle();
  return (
    <SideScroll className={classes.list} label={texts.namesTable}>
      <Table aria-label={texts.names} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Head>{common.name}</Head>
            <Head>{texts.inProduction}</Head>
            <Head>{common.since}</Head>
            <Head>{common.expires}</Head>
            <Head>{texts.candidate}</Head>
            <Head ta="right">{common.versions}</Head>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {names.map(({ name, production, since, aliases, versions }) => {
            const current = versions.find(({ version }) => version === production);
            return (
              <Table.Tr key={name}>
                <Table.Td>
                  <a href={formatHash('registry', { name })} title={name}>
                    {nameTitle(name)}
                  </a>
                </Table.Td>
                <Table.Td>{production ?? texts.nobody}</Table.Td>
                <Table.Td>{since === null ? DASH : formatDay(since)}</Table.Td>
                <Table.Td>
                  {current === undefined ? (
                    DASH
                  ) : current.isExpired ? (
                    <Badge tone="warning">{common.expired}</Badge>
                  ) : (
                    formatDay(current.expiresAt)
                  )}
                </Table.Td>
                <Table.Td>{aliases.candidate ?? DASH}</Table.Td>
                <Table.Td ta="right">{versions.length}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
}
