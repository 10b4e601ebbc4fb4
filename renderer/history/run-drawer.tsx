import { Button, Drawer, Group, Tabs } from '@mantine/core';
import { useState } from 'react';
import type { RunDetailDto } from '../../engine/contract/dto/index.ts';
import { useCall, useModelTitle, useRegimeTitle, useWorkspace } from '../state/index.ts';
import { validateHash } from '../state/validate-link.ts';
import {
  ExportModel,
  HoldoutLook,
  MoneyFields,
  MoneyLine,
  MoneySwitch,
  ReportButton,
} from '../strategy/index.ts';
import { Badge, ErrorState, LoadingRows, Marks, StatusBadge } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { DecisionsTab } from './details/decisions-tab.tsx';
import { ErrorTab } from './details/error-tab.tsx';
import { FeaturesTab } from './details/features-tab.tsx';
import { MissingTable } from './details/missing-table.tsx';
import { OverviewTab } from './details/overview-tab.tsx';
import { RegimesTab } from './details/regimes-tab.tsx';
import { StrategiesTab } from './details/strategies-tab.tsx';
import { EquityTab, TradesTab } from './details/trace-tab.tsx';
import { firstShown, type Shown } from './places.ts';
import { texts } from './texts.ts';

interface RunDrawerProps {
  /** Number or UUID; undefined closes the drawer. */
  readonly run: string | undefined;
  onClose(): void;
}

/** Everything about one run, over the table it was chosen from. */
export function RunDrawer({ run, onClose }: RunDrawerProps) {
  return (
    <Drawer
      opened={run !== undefined}
      onClose={onClose}
      position="right"
      size="min(68rem, 94vw)"
      title={run === undefined ? '' : texts.runTitle({ run: run.slice(0, 8) })}
      closeButtonProps={{ 'aria-label': texts.closeDetails }}
      transitionProps={{ duration: 120 }}
      styles={{ title: { fontWeight: 600 }, body: { paddingTop: '0.875rem' } }}
    >
      {run === undefined ? null : <Details key={run} run={run} />}
    </Drawer>
  );
}

function Details({ run }: { readonly run: string }) {
  const { data, error, refresh } = useCall('history.get', { run });
  if (error !== undefined) return <ErrorState error={error} retry={refresh} />;
  if (data === undefined) return <LoadingRows rows={12} />;
  return <DetailTabs run={data} />;
}

const NONE: readonly never[] = [];

/** Opens with the strategy it is champion with, alone in that regime, else with its best one in all. */
function DetailTabs({ run }: { readonly run: RunDetailDto }) {
  const failed = run.status === 'failed';
  const [tab, setTab] = useState<string | null>(failed ? 'error' : 'overview');
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  const champions = useWorkspace((workspace) => workspace.champions) ?? NONE;
  // Until something else is chosen it follows the champions, which may be read later than the run.
  const [chosen, setChosen] = useState<Shown>();
  const shown = chosen ?? firstShown(run, champions);
  const strategy = run.strategies.find(({ index }) => index === shown.strategyIndex);
  const choose = (change: Partial<Shown>) => setChosen({ ...shown, ...change });
  return (
    <>
      <p style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', margin: '0 0 1rem' }}>
        <strong>
          {modelTitle(run.modelType)} {run.symbol} {run.timeframe}
        </strong>
        <StatusBadge status={run.status} />
        {failed ? null : (
          <Badge tone={run.kept ? 'gain' : 'neutral'}>
            {run.kept ? texts.modelKept : texts.modelDeleted}
          </Badge>
        )}
        {run.bestRegimes.length === 0 ? null : (
          <span>{texts.championOf({ bestRegimes: run.bestRegimes.map(regimeTitle).join(', ') })}</span>
        )}
        {failed ? null : (
          <Group gap="xs" ml="auto">
            <ExportModel run={run.uuid} kept={run.kept} />
            <ReportButton of={{ run: run.uuid }} what={texts.runId({ id: run.id })} />
            {strategy === undefined ? null : (
              <Button
                component="a"
                href={validateHash({ kind: 'run', run: run.uuid })}
                variant="default"
                size="xs"
              >
                {common.validate}
              </Button>
            )}
          </Group>
        )}
      </p>
      <div style={{ margin: '-0.25rem 0 0.75rem' }}>
        <Marks of={{ run: run.uuid }} what={texts.runId({ id: run.id })} />
      </div>
      {failed ? null : (
        <div style={{ marginBottom: '0.75rem' }}>
          <HoldoutLook
            look={run.holdoutLook}
            market={`${run.symbol} ${run.timeframe}`}
            of={{ run: run.uuid }}
          />
        </div>
      )}
      {strategy === undefined || run.artifactFile === null ? null : (
        <section
          aria-label={texts.moneyOfThisRun}
          style={{ display: 'grid', gap: '0.5rem', marginBottom: '0.75rem' }}
        >
          <MoneySwitch />
          <MoneyFields />
          <MoneyLine of={{ run: run.uuid, strategy: strategy.index, regime: shown.alone }} />
        </section>
      )}
      {run.missingTable === null ? null : <MissingTable run={run} />}
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          {failed ? <Tabs.Tab value="error">{texts.error}</Tabs.Tab> : null}
          <Tabs.Tab value="overview">{texts.overview}</Tabs.Tab>
          {strategy === undefined ? null : (
            <>
              <Tabs.Tab value="strategies">
                {texts.strategies({ strategies: run.strategies.length })}
              </Tabs.Tab>
              <Tabs.Tab value="regimes">{common.regimes}</Tabs.Tab>
              <Tabs.Tab value="equity">{common.equity}</Tabs.Tab>
              <Tabs.Tab value="trades">{common.trades}</Tabs.Tab>
            </>
          )}
          {run.importance === null ? null : <Tabs.Tab value="features">{texts.features}</Tabs.Tab>}
          <Tabs.Tab value="decisions">{texts.decisionsAudit({ audit: run.audit.length })}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="error">
          <ErrorTab run={run} />
        </Tabs.Panel>
        <Tabs.Panel value="overview">
          <OverviewTab run={run} champions={champions} />
        </Tabs.Panel>
        {strategy === undefined ? null : (
          <>
            <Tabs.Panel value="strategies">
              <StrategiesTab
                run={run}
                selected={shown.strategyIndex}
                onSelect={(strategyIndex) => choose({ strategyIndex })}
              />
            </Tabs.Panel>
            <Tabs.Panel value="regimes">
              <RegimesTab run={run} strategy={strategy} />
            </Tabs.Panel>
            <Tabs.Panel value="equity">
              <EquityTab
                run={run}
                strategy={strategy}
                alone={shown.alone}
                onAlone={(alone) => choose({ alone })}
                onStrategies={() => setTab('strategies')}
              />
            </Tabs.Panel>
            <Tabs.Panel value="trades">
              <TradesTab
                run={run}
                strategy={strategy}
                alone={shown.alone}
                onAlone={(alone) => choose({ alone })}
                onStrategies={() => setTab('strategies')}
              />
            </Tabs.Panel>
          </>
        )}
        <Tabs.Panel value="features">
          <FeaturesTab importance={run.importance ?? []} />
        </Tabs.Panel>
        <Tabs.Panel value="decisions">
          <DecisionsTab audit={run.audit} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
