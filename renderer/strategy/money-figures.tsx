import type { MoneyWindowDto } from '../../engine/contract/dto/index.ts';
import { BalanceChart } from '../charts/balance-chart.tsx';
import { formatNumber, formatPercent, LoadingRows } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { useMoneyChoice } from './money-choice.ts';
import classes from './strategy.module.css';
import { texts } from './texts.ts';
import { isCurrency, type MoneySubject, useMoney } from './use-money.ts';

/** Each window in a sentence and as a chart, the rate that it takes, or why there is no figure; nothing while money is not shown. */
export function MoneyFigures({ of }: { readonly of: MoneySubject }) {
  const { shown, currency } = useMoneyChoice();
  const { data, error } = useMoney(of);
  if (!shown || !isCurrency(currency)) return null;
  if (error !== undefined) return <p role="status">{error.message}</p>;
  if (data === undefined) return <LoadingRows rows={3} />;
  return (
    <>
      <p>{texts.netOfAllCosts({ rate: data.rate })}</p>
      {data.windows.map((window) => (
        <div key={window.window} className={classes.section}>
          <p>{sentence(window, data.currency)}</p>
          {window.trades.length === 0 ? null : (
            <BalanceChart account={data.account} currency={data.currency} window={window} />
          )}
        </div>
      ))}
    </>
  );
}

/** What the selection window came to, in a line with the rate that it takes; or why there is no figure. */
export function MoneyLine({ of }: { readonly of: MoneySubject | null }) {
  const { shown, currency } = useMoneyChoice();
  const { data, error } = useMoney(of);
  if (!shown || of === null || !isCurrency(currency)) return null;
  if (error !== undefined) return <span role="status">{error.message}</span>;
  const window = data?.windows.find((one) => one.window === 'selection');
  if (data === undefined || window === undefined) return <span role="status">…</span>;
  const money = (value: number) => `${formatNumber(value, 2)} ${data.currency}`;
  return (
    <span role="status">
      {window.trades.length === 0
        ? texts.noTrade
        : texts.netDeepestFall({
            net: money(window.net),
            money: money(window.drawdown.money),
            share: formatPercent(window.drawdown.share),
            rate: data.rate,
          })}
    </span>
  );
}

function sentence(
  { window, trades, net, balance, mean, worst, drawdown, unmade }: MoneyWindowDto,
  currency: string,
) {
  const money = (value: number | null) => `${formatNumber(value, 2)} ${currency}`;
  const name = window === 'selection' ? common.selectionWindow : common.holdout;
  if (trades.length === 0) return texts.nameNoTrade({ name });
  const left = unmade === 0 ? '' : texts.nothingWasLeftForFurther({ unmade });
  return texts.tradeNetEndsWith({
    name,
    trades: trades.length,
    net: money(net),
    balance: money(balance),
    mean: money(mean),
    worst: money(worst),
    money: money(drawdown.money),
    share: formatPercent(drawdown.share),
    max: formatNumber(Math.max(...trades.map(({ lots }) => lots)), 2),
    left,
  });
}
