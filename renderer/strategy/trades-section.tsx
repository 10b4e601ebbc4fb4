import { Title } from '@mantine/core';
import { useState } from 'react';
import type { TraceDto } from '../../engine/contract/dto/index.ts';
import { priceDigits } from '../charts/price-chart.tsx';
import { useRegimeTitle } from '../state/index.ts';
import { plural } from '../ui/index.ts';
import { ExportTrades } from './export-trades.tsx';
import { MoneySection } from './money-section.tsx';
import classes from './strategy.module.css';
import { TradeStatistics } from './trade-statistics.tsx';
import { TradesOnPrice } from './trades-on-price.tsx';
import { TradesTable } from './trades-table.tsx';

/** All trades of one strategy: on the price, and one by one. */
export function TradesSection({ trace }: { readonly trace: TraceDto }) {
  const regimeTitle = useRegimeTitle();
  const [selected, setSelected] = useState<number>();
  const { trades } = trace;
  const holdout = trades.filter((trade) => trade.holdout).length;
  return (
    <>
      <TradesOnPrice trace={trace} trade={trades.find(({ number }) => number === selected)} />
      <section className={classes.section} aria-label="Trades">
        <header className={classes.head}>
          <div>
            <Title order={3}>Trades</Title>
            <p>
              {plural(trades.length - holdout, 'trade')} in the selection window,{' '}
              {trace.holdoutLook.opened === null
                ? 'those in the holdout hidden'
                : `${holdout} in the holdout`}
              {trace.alone === null ? ', in all regimes' : `, ${regimeTitle(trace.alone)} alone`}. Costs and
              excursions in {trace.pip === 1 ? 'units of the price' : 'pips'}.
            </p>
          </div>
          <ExportTrades trace={trace} />
        </header>
        {trades.length === 0 ? (
          <p>No trade was made.</p>
        ) : (
          <TradesTable
            trades={trades}
            selected={selected}
            onSelect={setSelected}
            priceDigits={priceDigits(trace.close)}
            regimeTitle={regimeTitle}
          />
        )}
      </section>
      {trades.length === 0 ? null : <MoneySection trace={trace} />}
      <TradeStatistics key={`${trace.runId} ${trace.strategyIndex} ${trace.alone}`} trace={trace} />
    </>
  );
}
