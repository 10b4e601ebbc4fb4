import { Table } from '@mantine/core';
import type { MetricsDto, RunDetailDto, StrategyResultDto } from '../../../engine/contract/dto/index.ts';
import { useMinTrades, useRegimeTitle } from '../../state/index.ts';
import { Head, METRICS, Num, SharpeFigure, SideScroll, TermHeads } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { strategyLabel } from '../strategies.ts';
import { texts } from './texts.ts';

interface RegimesTabProps {
  readonly run: RunDetailDto;
  readonly strategy: StrategyResultDto;
}

/** Figures of one strategy in each regime, over the whole selection window, and on the holdout. */
export function RegimesTab({ run, strategy }: RegimesTabProps) {
  const regimeTitle = useRegimeTitle();
  const minTrades = useMinTrades();
  const rows: readonly { readonly name: string; readonly metrics: MetricsDto; readonly strong?: boolean }[] =
    [
      ...run.regimes.map((name, i) => ({ name: regimeTitle(name), metrics: strategy.regimes[i]! })),
      { name: texts.allRegimesSelectionWindow, metrics: strategy.selection, strong: true },
      ...(strategy.holdout === null
        ? []
        : [{ name: texts.allRegimesHoldout, metrics: strategy.holdout, strong: true }]),
    ];
  return (
    <>
      <p>{texts.chooseAnotherUnderStrategies({ strategy: strategyLabel(strategy) })}</p>
      <SideScroll label={common.regimes} minWidth={900}>
        <Table horizontalSpacing="0.3125rem" aria-label={texts.figuresPerRegime}>
          <Table.Thead>
            <Table.Tr>
              <Head>{common.regime}</Head>
              <TermHeads terms={METRICS} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ name, metrics, strong }) => (
              <Table.Tr key={name} fw={strong === true ? 600 : undefined}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{name}</Table.Td>
                {METRICS.map((term) => (
                  <Table.Td key={term} ta="right">
                    {term === 'sharpe' ? (
                      <SharpeFigure term="sharpe" score={metrics} minTrades={minTrades} />
                    ) : (
                      <Num
                        term={term}
                        value={
                          metrics.trades === 0 && term !== 'trades' && term !== 'exposure'
                            ? null
                            : metrics[term]
                        }
                      />
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
    </>
  );
}
