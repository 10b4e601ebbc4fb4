import { Title } from '@mantine/core';
import type { TraceDto } from '../../engine/contract/dto/index.ts';
import { MoneyFields, MoneySwitch } from './money-fields.tsx';
import { MoneyFigures } from './money-figures.tsx';
import classes from './strategy.module.css';
import { texts } from './texts.ts';

/** The trades as money of an account that somebody describes: an option beside percent and pips. */
export function MoneySection({ trace }: { readonly trace: TraceDto }) {
  return (
    <section className={classes.section} aria-label={texts.inMoney}>
      <header className={classes.head}>
        <div>
          <Title order={3}>{texts.inMoney}</Title>
          <p>{texts.whatAccountWouldHaveMade}</p>
        </div>
        <MoneySwitch />
      </header>
      <MoneyFields />
      <MoneyFigures of={{ run: trace.runId, strategy: trace.strategyIndex, regime: trace.alone }} />
    </section>
  );
}
