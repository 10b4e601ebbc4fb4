import type { ForwardDetailDto } from '../../engine/contract/dto/index.ts';
import { changedText, openTradeText, standingText } from '../../engine/contract/forward-text.ts';
import { NO_ORDERS, priceText } from '../../engine/contract/live-text.ts';
import { ForwardChart } from '../charts/forward-chart.tsx';
import { useCall } from '../state/index.ts';
import { Badge, ErrorState, formatTime, LoadingRows, Panel, wholeDates } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { AccountPanel } from './account-panel.tsx';
import { net } from './figures.ts';
import { ListTable } from './list-table.tsx';
import classes from './registry.module.css';
import { texts } from './texts.ts';

/** Newest trades that are shown. */
const MOST_TRADES = 50;

/** What the version in charge of a name earns on paper since it is, beside what was promised and what an account did. */
export function ForwardPanel({ name }: { readonly name: string }) {
  const { data, error, refresh } = useCall('forward.list', {});
  const test = data?.find((one) => one.name === name);
  if (error !== undefined) return <ErrorState error={error} retry={refresh} />;
  if (data === undefined) return <LoadingRows rows={3} />;
  // Nobody was ever in charge here.
  if (test === undefined) return null;
  return <Known name={name} version={test.version} />;
}

function Known({ name, version }: { readonly name: string; readonly version: string }) {
  const { data, error, refresh } = useCall('forward.show', { name, version });
  const changed = data === undefined ? null : changedText(data);
  return (
    <Panel title={common.onPaper} note={texts.sinceItWasPut({ noOrders: NO_ORDERS })}>
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={4} />
      ) : (
        <>
          <p className={classes.standing}>
            <Standing test={data} /> {wholeDates(standingText(data))}
          </p>
          {changed === null ? null : <p className={classes.standing}>{wholeDates(changed)}</p>}
          {data.open === null ? null : (
            <p className={classes.standing}>{wholeDates(texts.itIs({ open: openTradeText(data.open) }))}</p>
          )}
          {data.curve.days.length < 2 ? null : <ForwardChart curve={data.curve} band={data.band} />}
          <Trades test={data} />
          <AccountPanel name={name} version={version} />
        </>
      )}
    </Panel>
  );
}

function Standing({ test }: { readonly test: ForwardDetailDto }) {
  if (test.endedAt !== null) return <Badge tone="neutral">{texts.ended}</Badge>;
  if (test.stale !== null) return <Badge tone="warning">{common.stale}</Badge>;
  return test.problem === null ? (
    <Badge tone="gain">{texts.goesOn}</Badge>
  ) : (
    <Badge tone="warning">{texts.standsStill}</Badge>
  );
}

function Trades({ test }: { readonly test: ForwardDetailDto }) {
  const over = test.tradeList.filter(({ exitTime }) => exitTime !== null).slice(-MOST_TRADES);
  if (over.length === 0) return null;
  // One number of digits for all of them.
  const size = over[0]!.entryPrice;
  return (
    <ListTable
      label={texts.tradesOnPaper}
      head={[texts.side, texts.inWord, texts.price, texts.out, texts.price, texts.why, common.net]}
      rows={over.toReversed().map((trade) => ({
        key: trade.entryTime,
        cells: [
          trade.direction,
          formatTime(trade.entryTime),
          priceText(trade.entryPrice, size),
          formatTime(trade.exitTime!),
          priceText(trade.exitPrice!, size),
          trade.reason,
          net(trade.net),
        ],
      }))}
    />
  );
}
