import { NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { common } from '../ui/texts/common.ts';
import { chooseMoney, useMoneyChoice } from './money-choice.ts';
import classes from './strategy.module.css';
import { texts } from './texts.ts';
import { isCurrency } from './use-money.ts';

/** Money beside percent and pips, or not: one choice for all places. */
export function MoneySwitch() {
  const { shown } = useMoneyChoice();
  return (
    <Switch
      label={texts.showMoney}
      checked={shown}
      onChange={({ currentTarget }) => chooseMoney({ shown: currentTarget.checked })}
    />
  );
}

/** The account, and how large its trades are; nothing while money is not shown. */
export function MoneyFields() {
  const { shown, account, currency, by, lots, risk } = useMoneyChoice();
  if (!shown) return null;
  return (
    <div className={classes.moneyFields}>
      <NumberInput
        size="xs"
        label={common.account}
        min={1}
        max={1e12}
        thousandSeparator=","
        value={account}
        onChange={(value) => typeof value === 'number' && value > 0 && chooseMoney({ account: value })}
      />
      <TextInput
        size="xs"
        label={texts.currency}
        maxLength={3}
        value={currency}
        error={isCurrency(currency) ? undefined : texts.threeLetters}
        onChange={({ currentTarget }) => chooseMoney({ currency: currentTarget.value.toUpperCase() })}
      />
      <SegmentedControl
        size="xs"
        aria-label={texts.sizeOfTradeBy}
        value={by}
        data={[
          { value: 'lots', label: texts.lots },
          { value: 'risk', label: texts.risk },
        ]}
        onChange={(next) => chooseMoney({ by: next === 'risk' ? 'risk' : 'lots' })}
      />
      <NumberInput
        size="xs"
        label={by === 'lots' ? texts.lotsPerTrade : texts.riskPerTradePercent}
        min={0.01}
        max={by === 'lots' ? 10_000 : 100}
        step={by === 'lots' ? 0.1 : 0.5}
        value={by === 'lots' ? lots : risk}
        onChange={(value) => typeof value === 'number' && value > 0 && chooseMoney({ [by]: value })}
      />
    </div>
  );
}
