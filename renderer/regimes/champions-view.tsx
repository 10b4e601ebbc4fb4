import { Button } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconChartHistogram, IconScale, IconTrophy } from '@tabler/icons-react';
import { useState } from 'react';
import { go, loadWorkspace, useWorkspace } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { validateHash } from '../state/validate-link.ts';
import { EmptyState, ErrorState, Gradually, LoadingRows, Page, Panel, StaleModels } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { ChampionPanel } from './champion-panel.tsx';
import { ChampionsTable } from './champions-table.tsx';
import { regimeRows } from './rows.ts';
import { ScopeFilter, type ScopeFilterProps } from './scope-filter.tsx';
import { texts } from './texts.ts';

/** Every regime with its best model, and what the chosen one did. */
export function ChampionsView({ scope, onScope }: ScopeFilterProps) {
  const regimes = useWorkspace((workspace) => workspace.regimes);
  const champions = useWorkspace((workspace) => workspace.champions);
  const error = useWorkspace((workspace) => workspace.error);
  const [chosen, setChosen] = useState<string>();

  const rows =
    regimes === undefined || champions === undefined ? undefined : regimeRows(regimes, champions, scope);
  const withChampion = rows?.filter((row) => row.champion !== null) ?? [];
  const shown = withChampion.find((row) => row.key === chosen) ?? withChampion[0];
  const covered = new Set(withChampion.map((row) => row.regime)).size;
  const total = new Set(rows?.map((row) => row.regime)).size;

  return (
    <Page
      title={texts.regimeAnalysis}
      subtitle={texts.bestModelOfEachMarket}
      actions={
        <>
          {withChampion.length === 0 ? null : (
            <Button
              component="a"
              href={validateHash({ kind: 'champions' })}
              variant="default"
              leftSection={<IconScale size={16} aria-hidden />}
            >
              {texts.validateAll}
            </Button>
          )}
          <Button
            component="a"
            href={formatHash('regimes', { view: 'manage' })}
            variant="default"
            leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          >
            {texts.manageRegimes}
          </Button>
          <Button
            component="a"
            href={formatHash('regimes', { view: 'charts' })}
            leftSection={<IconChartHistogram size={16} aria-hidden />}
          >
            {texts.viewPerformanceCharts}
          </Button>
        </>
      }
    >
      <Gradually first={2}>
        <StaleModels />
        <Panel
          title={common.champions}
          note={rows === undefined ? undefined : texts.coveredOfRegimeWithModel({ covered, total })}
          actions={<ScopeFilter scope={scope} onScope={onScope} />}
          flush
        >
          {rows === undefined ? (
            error === undefined ? (
              <LoadingRows />
            ) : (
              <ErrorState error={error} retry={() => void loadWorkspace()} />
            )
          ) : (
            <ChampionsTable rows={rows} selected={shown?.key} onSelect={setChosen} />
          )}
        </Panel>
        {shown?.champion == null ? (
          rows === undefined ? null : scope.mark != null ? (
            <Panel title={texts.noChampion} flush>
              <EmptyState
                icon={<IconTrophy size={28} aria-hidden />}
                title={texts.noChampionHasThisMark}
                action={
                  <Button variant="default" onClick={() => onScope({ ...scope, mark: null })}>
                    {texts.showAllChampions}
                  </Button>
                }
              >
                {texts.chooseAnotherMarkOrNone}
              </EmptyState>
            </Panel>
          ) : (
            <Panel title={texts.noChampionYet} flush>
              <EmptyState
                icon={<IconTrophy size={28} aria-hidden />}
                title={texts.noModelHasWonRegime}
                action={<Button onClick={() => go('queue')}>{common.buildGrid}</Button>}
              >
                {texts.trainGridOfModels}
              </EmptyState>
            </Panel>
          )
        ) : (
          <ChampionPanel key={shown.key} champion={shown.champion} title={shown.title} />
        )}
      </Gradually>
    </Page>
  );
}
