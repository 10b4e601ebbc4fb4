import { Title } from '@mantine/core';
import { useState } from 'react';
import type { TraceDto } from '../../engine/contract/dto/index.ts';
import { priceDigits } from '../charts/price-chart.tsx';
import { useRegimeTitle } from '../state/index.ts';
import { Gradually } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { ExportTrades } from './export-trades.tsx';
import { MoneySection } from './money-section.tsx';
import classes from './strategy.module.css';
import { texts } from './texts.ts';
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
    <Gradually>
      <TradesOnPrice trace={trace} trade={trades.find(({ number }) => number === selected)} />
      <section className={classes.section} aria-label={common.trades}>
        <header className={classes.head}>
          <div>
            <Title order={3}>{common.trades}</Title>
            <p>
              {texts.tradeInSelectionWindow({
                trades: trades.length - holdout,
                holdout:
                  trace.holdoutLook.opened === null
                    ? texts.thoseInHoldoutHidden
                    : texts.holdoutIn({ holdout }),
                alone:
                  trace.alone === null
                    ? texts.inAllRegimes
                    : texts.alone({ alone: regimeTitle(trace.alone) }),
                pip: trace.pip,
              })}
            </p>
          </div>
          <ExportTrades trace={trace} />
        </header>
        {trades.length === 0 ? (
          <p>{texts.noTradeWasMade}</p>
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
    </Gradually>
  );
}
