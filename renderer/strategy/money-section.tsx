import { NumberInput, SegmentedControl, Switch, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { RawInput } from '../../engine/contract/api/index.ts';
import type { MoneyDto, MoneyWindowDto, TraceDto } from '../../engine/contract/dto/index.ts';
import { BalanceChart } from '../charts/balance-chart.tsx';
import { useCall } from '../state/index.ts';
import { formatNumber, formatPercent, LoadingRows, plural } from '../ui/index.ts';
import { chooseMoney, useMoneyChoice } from './money-choice.ts';
import classes from './strategy.module.css';

const TYPED_MS = 400;

/** The trades as money of an account that somebody describes: an option beside percent and pips. */
export function MoneySection({ trace }: { readonly trace: TraceDto }) {
  const choice = useMoneyChoice();
  const { shown, account, currency, by, lots, risk } = choice;
  const isCurrency = /^[A-Z]{3}$/.test(currency);
  const input: RawInput<'run.money'> = {
    run: trace.runId,
    strategy: trace.strategyIndex,
    ...(trace.alone === null ? {} : { regime: trace.alone }),
    account,
    currency,
    ...(by === 'lots' ? { lots } : { risk }),
  };
  const [asked] = useDebouncedValue(JSON.stringify(input), TYPED_MS);
  const { data, error } = useCall(
    'run.money',
    shown && isCurrency ? (JSON.parse(asked) as RawInput<'run.money'>) : null,
  );
  return (
    <section className={classes.section} aria-label="In money">
      <header className={classes.head}>
        <div>
          <Title order={3}>In money</Title>
          <p>What an account would have made of these trades.</p>
        </div>
        <Switch
          label="Show money"
          checked={shown}
          onChange={({ currentTarget }) => chooseMoney({ shown: currentTarget.checked })}
        />
      </header>
      {shown ? (
        <>
          <div className={classes.moneyFields}>
            <NumberInput
              size="xs"
              label="Account"
              min={1}
              max={1e12}
              thousandSeparator=","
              value={account}
              onChange={(value) => typeof value === 'number' && value > 0 && chooseMoney({ account: value })}
            />
            <TextInput
              size="xs"
              label="Currency"
              maxLength={3}
              value={currency}
              error={isCurrency ? undefined : 'Three letters'}
              onChange={({ currentTarget }) => chooseMoney({ currency: currentTarget.value.toUpperCase() })}
            />
            <SegmentedControl
              size="xs"
              aria-label="Size of a trade by"
              value={by}
              data={[
                { value: 'lots', label: 'Lots' },
                { value: 'risk', label: 'Risk' },
              ]}
              onChange={(next) => chooseMoney({ by: next === 'risk' ? 'risk' : 'lots' })}
            />
            <NumberInput
              size="xs"
              label={by === 'lots' ? 'Lots per trade' : 'Risk per trade, %'}
              min={0.01}
              max={by === 'lots' ? 10_000 : 100}
              step={by === 'lots' ? 0.1 : 0.5}
              value={by === 'lots' ? lots : risk}
              onChange={(value) => typeof value === 'number' && value > 0 && chooseMoney({ [by]: value })}
            />
          </div>
          {error !== undefined ? (
            <p role="status">{error.message}</p>
          ) : data === undefined ? (
            isCurrency && <LoadingRows rows={3} />
          ) : (
            <Money money={data} />
          )}
        </>
      ) : null}
    </section>
  );
}

function Money({ money }: { readonly money: MoneyDto }) {
  const { currency, account, rate, windows } = money;
  return (
    <>
      <p>
        {rate} Net of all costs as they were charged; lots are not rounded to what a broker takes, and no
        margin is looked at.
      </p>
      {windows.map((window) => (
        <div key={window.window} className={classes.section}>
          <p>{sentence(window, currency)}</p>
          {window.trades.length === 0 ? null : (
            <BalanceChart account={account} currency={currency} window={window} />
          )}
        </div>
      ))}
    </>
  );
}

function sentence(
  { window, trades, net, balance, mean, worst, drawdown, unmade }: MoneyWindowDto,
  currency: string,
) {
  const money = (value: number | null) => `${formatNumber(value, 2)} ${currency}`;
  const name = window === 'selection' ? 'Selection window' : 'Holdout';
  if (trades.length === 0) return `${name}: no trade.`;
  const left = unmade === 0 ? '' : ` Nothing was left for ${plural(unmade, 'further trade')}.`;
  return `${name}: ${plural(trades.length, 'trade')}, net ${money(net)}, ends with ${money(balance)}; ${money(mean)} a trade, worst ${money(worst)}, deepest fall ${money(drawdown.money)} (${formatPercent(drawdown.share)}). Largest size ${formatNumber(Math.max(...trades.map(({ lots }) => lots)), 2)} lots.${left}`;
}
