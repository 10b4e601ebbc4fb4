import { Group, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { MetricsDto, RunDetailDto } from '../../../engine/contract/dto/index.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { useMinTrades, useRegimeTitle } from '../../state/index.ts';
import { formatFigure, formatWithError, GLOSSARY, Gradually, type TermName } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import classes from '../history.module.css';
import { type MetricsScope, metricsOf, strategyHeat } from '../strategies.ts';
import { StrategyTable } from './strategy-table.tsx';
import { texts } from './texts.ts';

const FIGURES = [
  'sharpe',
  'sortino',
  'calmar',
  'totalReturn',
  'profitFactor',
] as const satisfies readonly (TermName & keyof MetricsDto)[];
type Figure = (typeof FIGURES)[number];

interface StrategiesTabProps {
  readonly run: RunDetailDto;
  readonly selected: number;
  onSelect(index: number): void;
}

/** All strategies the model was backtested with: as a heat map, and as a table to sort and choose from. */
export function StrategiesTab({ run, selected, onSelect }: StrategiesTabProps) {
  const regimeTitle = useRegimeTitle();
  const minTrades = useMinTrades();
  const [figure, setFigure] = useState<Figure>('sharpe');
  const [scopeName, setScopeName] = useState('selection');
  const isOpen = run.holdoutLook.opened !== null;
  const regime = run.regimes.indexOf(scopeName);
  const scope: MetricsScope =
    regime >= 0 ? regime : scopeName === 'holdout' && isOpen ? 'holdout' : 'selection';
  const heat = useMemo(
    () => strategyHeat(run.strategies, (metrics) => metrics[figure], scope),
    [run.strategies, figure, scope],
  );
  const errors = useMemo(
    () => strategyHeat(run.strategies, (metrics) => metrics.sharpeError, scope).values,
    [run.strategies, scope],
  );
  const trades = useMemo(
    () => strategyHeat(run.strategies, (metrics) => metrics.trades, scope).values,
    [run.strategies, scope],
  );
  const cellText = (value: number, row?: number, column?: number) =>
    figure === 'sharpe' && row !== undefined && column !== undefined
      ? formatWithError(value, errors[row]![column])
      : formatFigure(figure, value);
  const rows = useMemo(
    () => run.strategies.map((strategy) => ({ strategy, metrics: metricsOf(strategy, scope) })),
    [run.strategies, scope],
  );
  return (
    <div className={classes.stack}>
      <Gradually>
        <Group gap="sm">
          <Select
            label={texts.figuresOf}
            data={[
              { value: 'selection', label: common.selectionWindow },
              { value: 'holdout', label: isOpen ? common.holdout : texts.holdoutHidden, disabled: !isOpen },
              ...run.regimes.map((name) => ({
                value: name,
                label: texts.nameSelection({ name: regimeTitle(name) }),
              })),
            ]}
            value={scopeName}
            onChange={(value) => setScopeName(value ?? 'selection')}
            allowDeselect={false}
            w={240}
          />
          <Select
            label={texts.heatMapShows}
            data={FIGURES.map((name) => ({ value: name, label: GLOSSARY[name].title }))}
            value={figure}
            onChange={(value) => setFigure((value ?? 'sharpe') as Figure)}
            allowDeselect={false}
            w={180}
          />
        </Group>
        <HeatMap
          title={texts.glossaryOfEachStrategy({ glossary: GLOSSARY[figure].title })}
          note={texts.predictionMethodAndWay}
          corner={texts.methodMembers}
          rows={heat.rows}
          columns={heat.columns}
          values={heat.values}
          marked={heat.cellOf(run.strategies[selected]!)}
          empty={texts.noTrade}
          format={cellText}
          isFew={(row, column) => minTrades !== undefined && (trades[row]![column] ?? 0) < minTrades}
        />
        <StrategyTable rows={rows} minTrades={minTrades} selected={selected} onSelect={onSelect} />
      </Gradually>
    </div>
  );
}
