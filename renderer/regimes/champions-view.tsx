import { Button } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconChartHistogram, IconScale, IconTrophy } from '@tabler/icons-react';
import { useState } from 'react';
import { go, loadWorkspace, useWorkspace } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { validateHash } from '../state/validate-link.ts';
import { EmptyState, ErrorState, LoadingRows, Page, Panel, plural, StaleModels } from '../ui/index.ts';
import { ChampionPanel } from './champion-panel.tsx';
import { ChampionsTable } from './champions-table.tsx';
import { regimeRows } from './rows.ts';
import { ScopeFilter, type ScopeFilterProps } from './scope-filter.tsx';

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
      title="Regime Analysis"
      subtitle="The best model of each market regime, by symbol and timeframe."
      actions={
        <>
          {withChampion.length === 0 ? null : (
            <Button
              component="a"
              href={validateHash({ kind: 'champions' })}
              variant="default"
              leftSection={<IconScale size={16} aria-hidden />}
            >
              Validate all
            </Button>
          )}
          <Button
            component="a"
            href={formatHash('regimes', { view: 'manage' })}
            variant="default"
            leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          >
            Manage Regimes
          </Button>
          <Button
            component="a"
            href={formatHash('regimes', { view: 'charts' })}
            leftSection={<IconChartHistogram size={16} aria-hidden />}
          >
            View Performance Charts
          </Button>
        </>
      }
    >
      <StaleModels />
      <Panel
        title="Champions"
        note={
          rows === undefined
            ? undefined
            : `${covered} of ${plural(total, 'regime')} with a model. Figures: selection window, after costs.`
        }
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
          <Panel title="No champion" flush>
            <EmptyState icon={<IconTrophy size={28} aria-hidden />} title="No champion has this mark here">
              Choose another mark, or none.
            </EmptyState>
          </Panel>
        ) : (
          <Panel title="No champion yet" flush>
            <EmptyState
              icon={<IconTrophy size={28} aria-hidden />}
              title="No model has won a regime here yet"
              action={<Button onClick={() => go('queue')}>Build a grid</Button>}
            >
              Train a grid of models: the best one of each regime appears here with its equity, its trades and
              the regimes on the price.
            </EmptyState>
          </Panel>
        )
      ) : (
        <ChampionPanel key={shown.key} champion={shown.champion} title={shown.title} />
      )}
    </Page>
  );
}
