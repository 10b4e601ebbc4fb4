import type { MoneyWindowDto } from '../../engine/contract/dto/index.ts';
import { BalanceChart } from '../charts/balance-chart.tsx';
import { formatNumber, formatPercent, LoadingRows, plural } from '../ui/index.ts';
import { useMoneyChoice } from './money-choice.ts';
import classes from './strategy.module.css';
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
      <p>
        {data.rate} Net of all costs as they were charged; lots are not rounded to what a broker takes, and no
        margin is looked at.
      </p>
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
        ? 'No trade.'
        : `Net ${money(window.net)}, deepest fall ${money(window.drawdown.money)} (${formatPercent(window.drawdown.share)}), on the selection window. ${data.rate}`}
    </span>
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
