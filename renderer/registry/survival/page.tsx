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
} from '../../ui/index.ts';
import { DialogButton } from '../dialog.tsx';
import classes from '../registry.module.css';
import { SurvivalFigures } from './figures.tsx';
import { SurvivalJournal } from './journal.tsx';
import { PromoteDialog, RetireDialog, RollbackDialog } from './moves.tsx';
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
      title="What survives"
      subtitle="How likely a contender makes money after costs in the window that follows, learned from every fold of validated grids"
      actions={
        <>
          <Button
            component="a"
            href={formatHash('registry')}
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            Back to registry
          </Button>
          {enough ? (
            <DialogButton
              variant="filled"
              leftSection={<IconPlus size={16} aria-hidden />}
              dialog={(dialog) => <TrainDialog {...dialog} />}
            >
              Train
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
        title="Versions"
        note={rowsSentence(rows)}
        actions={newest === undefined ? undefined : <Moves versions={versions} />}
        flush
      >
        {shown === undefined ? (
          <EmptyState
            icon={<IconSeedling size={28} aria-hidden />}
            title="None was trained yet"
            action={
              <Button component="a" href={formatHash('queue', { validate: '' })} variant="default">
                Validate a grid
              </Button>
            }
          >
            Validate grids with their rules until there are 1,000 rows, then train one: it is judged on the
            newest of them before anybody relies on it.
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
    notify('In the Training Queue', 'The newest version goes on with the folds that came since.');
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
        Update with new folds
      </Button>
      {spoke ? (
        <DialogButton dialog={(dialog) => <RollbackDialog {...dialog} />}>Roll back</DialogButton>
      ) : null}
      {speaking ? (
        <DialogButton dialog={(dialog) => <RetireDialog {...dialog} />}>Retire</DialogButton>
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={classes.list} aria-label="Versions, table" tabIndex={0}>
      <Table aria-label="Versions" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Head>Version</Head>
            <Head>Stage</Head>
            <Head>Type</Head>
            <Head ta="right">Rows</Head>
            <Head ta="right">ROC AUC</Head>
            <Head>Known until</Head>
            <Head>Goes on from</Head>
            <Head>Actions</Head>
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
                      aria-label={`Show ${version}`}
                      onClick={() => onChoose(version)}
                    >
                      Show
                    </Button>
                    {stage === 'Production' ? null : (
                      <DialogButton
                        size="xs"
                        aria-label={`Promote ${version}`}
                        dialog={(dialog) => <PromoteDialog {...dialog} version={version} />}
                      >
                        Promote
                      </DialogButton>
                    )}
                  </div>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </section>
  );
}
