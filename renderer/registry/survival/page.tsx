import { Button, Table } from '@mantine/core';
import { IconArrowLeft, IconPlus, IconRefresh, IconSeedling } from '@tabler/icons-react';
import { useState } from 'react';
import type { SurvivalModelDto, SurvivalRowsDto } from '../../../engine/contract/dto/index.ts';
import { call, go, useCall } from '../../state/index.ts';
import { formatHash } from '../../state/ui.ts';
import {
  attempt,
  Badge,
  DASH,
  EmptyState,
  ErrorState,
  formatCount,
  formatDay,
  formatNumber,
  Head,
  LoadingRows,
  notify,
  Page,
  Panel,
  SideScroll,
} from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { DialogButton } from '../dialog.tsx';
import classes from '../registry.module.css';
import { SurvivalFigures } from './figures.tsx';
import { SurvivalJournal } from './journal.tsx';
import { PromoteDialog, RetireDialog, RollbackDialog } from './moves.tsx';
import { texts } from './texts.ts';
import { TrainDialog } from './train-dialog.tsx';
import { rowsSentence, TYPE_TITLES } from './words.ts';

/** Models of what survives: what they learn from, how each was judged, and who speaks. */
export function SurvivalPage() {
  const versions = useCall('survival.list', {});
  const rows = useCall('survival.rows', {});
  const error = versions.error ?? rows.error;
  const enough = rows.data !== undefined && rows.data.good >= rows.data.least;
  return (
    <Page
      title={texts.whatSurvives}
      subtitle={texts.howLikelyContenderMakesMoney}
      actions={
        <>
          <Button
            component="a"
            href={formatHash('registry')}
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {texts.backToRegistry}
          </Button>
          {enough ? (
            <DialogButton
              variant="filled"
              leftSection={<IconPlus size={16} aria-hidden />}
              dialog={(dialog) => <TrainDialog {...dialog} />}
            >
              {texts.train}
            </DialogButton>
          ) : null}
        </>
      }
    >
      {error !== undefined ? (
        <ErrorState
          error={error}
          retry={() => {
            versions.refresh();
            rows.refresh();
          }}
        />
      ) : versions.data === undefined || rows.data === undefined ? (
        <LoadingRows rows={6} />
      ) : (
        <Known versions={versions.data} rows={rows.data} />
      )}
    </Page>
  );
}

interface KnownProps {
  readonly versions: readonly SurvivalModelDto[];
  readonly rows: SurvivalRowsDto;
}

function Known({ versions, rows }: KnownProps) {
  const newest = versions.at(-1);
  const speaking = versions.find(({ stage }) => stage === 'Production');
  const [chosen, setChosen] = useState<string>();
  const shown = versions.find(({ version }) => version === chosen) ?? speaking ?? newest;
  return (
    <>
      <Panel
        title={common.versions}
        note={rowsSentence(rows)}
        actions={newest === undefined ? undefined : <Moves versions={versions} />}
        flush
      >
        {shown === undefined ? (
          <EmptyState
            icon={<IconSeedling size={28} aria-hidden />}
            title={texts.noneWasTrainedYet}
            action={
              <Button component="a" href={formatHash('queue', { validate: '' })} variant="default">
                {texts.validateGrid}
              </Button>
            }
          >
            {texts.validateGridsWithTheirRules}
          </EmptyState>
        ) : (
          <VersionTable versions={versions} shown={shown.version} onChoose={setChosen} />
        )}
      </Panel>
      {shown === undefined ? null : <SurvivalFigures key={shown.version} model={shown} />}
      {newest === undefined ? null : <SurvivalJournal />}
    </>
  );
}

function Moves({ versions }: { readonly versions: readonly SurvivalModelDto[] }) {
  const [busy, setBusy] = useState(false);
  const speaking = versions.some(({ stage }) => stage === 'Production');
  const spoke = versions.some(({ stage }) => stage === 'Archived');
  const update = async () => {
    setBusy(true);
    const made = await attempt(() => call('survival.update', { enqueue: true }));
    setBusy(false);
    if (made === undefined) return;
    notify(texts.inTrainingQueue, texts.newestVersionGoes);
    go('queue', { queue: String(made.queueId) });
  };
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        loading={busy}
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={() => void update()}
      >
        {texts.updateWithNewFolds}
      </Button>
      {spoke ? (
        <DialogButton dialog={(dialog) => <RollbackDialog {...dialog} />}>{texts.rollBack}</DialogButton>
      ) : null}
      {speaking ? (
        <DialogButton dialog={(dialog) => <RetireDialog {...dialog} />}>{texts.retire}</DialogButton>
      ) : null}
    </div>
  );
}

interface TableProps {
  readonly versions: readonly SurvivalModelDto[];
  readonly shown: string;
  onChoose(version: string): void;
}

const figure = (value: number | null) => formatNumber(value, 3);

function VersionTable({ versions, shown, onChoose }: TableProps) {
  return (
    <SideScroll className={classes.list} label={texts.versionsTable}>
      <Table aria-label={common.versions} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Head>{common.version}</Head>
            <Head>{texts.stage}</Head>
            <Head>{texts.type}</Head>
            <Head ta="right">{common.rows}</Head>
            <Head ta="right">{common.rocAuc}</Head>
            <Head>{texts.knownUntil}</Head>
            <Head>{texts.goesOnFrom}</Head>
            <Head>{texts.actions}</Head>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.toReversed().map((model) => {
            const { version, stage, modelType, rows, classes: said, knownUntil, parent } = model;
            return (
              <Table.Tr key={version} aria-selected={version === shown}>
                <Table.Td>{version}</Table.Td>
                <Table.Td>
                  <Badge tone={stage === 'Production' ? 'gain' : 'neutral'}>{stage}</Badge>
                </Table.Td>
                <Table.Td>{TYPE_TITLES[modelType]}</Table.Td>
                <Table.Td ta="right">{formatCount(rows.training + rows.validation + rows.test)}</Table.Td>
                <Table.Td ta="right">{`${figure(said.rocAuc)} ± ${figure(said.rocAucError)}`}</Table.Td>
                <Table.Td>{formatDay(knownUntil)}</Table.Td>
                <Table.Td>{parent ?? DASH}</Table.Td>
                <Table.Td>
                  <div className={classes.rowButtons}>
                    <Button
                      size="xs"
                      variant="default"
                      disabled={version === shown}
                      aria-label={texts.showVersion({ version })}
                      onClick={() => onChoose(version)}
                    >
                      {texts.show}
                    </Button>
                    {stage === 'Production' ? null : (
                      <DialogButton
                        size="xs"
                        aria-label={texts.promoteVersionLabel({ version })}
                        dialog={(dialog) => <PromoteDialog {...dialog} version={version} />}
                      >
                        {texts.promote}
                      </DialogButton>
                    )}
                  </div>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
}
