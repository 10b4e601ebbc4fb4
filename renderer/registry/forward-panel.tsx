import { Select } from '@mantine/core';
import { useState } from 'react';
import type { AccountComparisonDto, ForwardDetailDto, MatchDto } from '../../engine/contract/dto/index.ts';
import { changedText, netText, openTradeText, standingText } from '../../engine/contract/forward-text.ts';
import { NO_ORDERS } from '../../engine/contract/live-text.ts';
import { ForwardChart } from '../charts/forward-chart.tsx';
import { useCall } from '../state/index.ts';
import { Badge, DASH, ErrorState, formatTime, LoadingRows, Panel, type Tone } from '../ui/index.ts';
import { ListTable } from './list-table.tsx';
import classes from './registry.module.css';

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
    <Panel title="On paper" note={`Since it was put in charge, on the candles that arrived. ${NO_ORDERS}`}>
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={4} />
      ) : (
        <>
          <p className={classes.standing}>
            <Standing test={data} /> {standingText(data)}
          </p>
          {changed === null ? null : <p className={classes.standing}>{changed}</p>}
          {data.open === null ? null : <p className={classes.standing}>It is {openTradeText(data.open)}.</p>}
          {data.curve.days.length < 2 ? null : <ForwardChart curve={data.curve} band={data.band} />}
          <Trades test={data} />
          <Account name={name} version={version} />
        </>
      )}
    </Panel>
  );
}

function Standing({ test }: { readonly test: ForwardDetailDto }) {
  if (test.endedAt !== null) return <Badge tone="neutral">Ended</Badge>;
  if (test.stale !== null) return <Badge tone="warning">Stale</Badge>;
  return test.problem === null ? (
    <Badge tone="gain">Goes on</Badge>
  ) : (
    <Badge tone="warning">Stands still</Badge>
  );
}

function Trades({ test }: { readonly test: ForwardDetailDto }) {
  const over = test.tradeList.filter(({ exitTime }) => exitTime !== null).slice(-MOST_TRADES);
  if (over.length === 0) return null;
  return (
    <ListTable
      label="Trades on paper"
      head={['Side', 'In', 'Price', 'Out', 'Price', 'Why', 'Net']}
      rows={over.toReversed().map((trade) => ({
        key: trade.entryTime,
        cells: [
          trade.direction,
          formatTime(trade.entryTime),
          trade.entryPrice,
          formatTime(trade.exitTime!),
          trade.exitPrice,
          trade.reason,
          netText(trade.net),
        ],
      }))}
    />
  );
}

const KINDS: Readonly<Record<MatchDto['kind'], { readonly text: string; readonly tone: Tone }>> = {
  matched: { text: 'Matched', tone: 'gain' },
  late: { text: 'Late', tone: 'warning' },
  missed: { text: 'Missed', tone: 'loss' },
  extra: { text: 'Extra', tone: 'warning' },
};

/** Beside a real account, where a statement was imported. */
function Account({ name, version }: { readonly name: string; readonly version: string }) {
  const { data: accounts = [] } = useCall('statement.list', {});
  const [chosen, setChosen] = useState<string | null>(null);
  const account = chosen ?? accounts[0]?.account;
  if (account === undefined) {
    return (
      <p className={classes.standing}>
        Beside a real account: <code>regimen statement import FILE</code> reads a statement of MetaTrader 4 or
        5, or CSV.
      </p>
    );
  }
  return (
    <>
      {accounts.length < 2 ? null : (
        <Select
          label="Account"
          data={accounts.map((one) => one.account)}
          value={account}
          onChange={setChosen}
          allowDeselect={false}
        />
      )}
      <Comparison name={name} version={version} account={account} />
    </>
  );
}

interface ComparisonProps {
  readonly name: string;
  readonly version: string;
  readonly account: string;
}

function Comparison(props: ComparisonProps) {
  const { data, error, refresh } = useCall('statement.compare', props);
  if (error !== undefined) return <ErrorState error={error} retry={refresh} />;
  if (data === undefined) return <LoadingRows rows={3} />;
  const { matched, late, missed, extra } = data.counts;
  const { paper, real } = data.curve;
  return (
    <>
      <p className={classes.standing}>
        Beside the account {data.account}: {matched} matched, {late} late, {missed} missed, {extra} extra.
        Together {netText(paper.at(-1) ?? 0)} on paper, {netText(real.at(-1) ?? 0)} on the account.
      </p>
      {data.matches.length === 0 ? null : <Matches comparison={data} />}
    </>
  );
}

const amount = (value: number | null) => (value === null ? DASH : String(Number(value.toPrecision(3))));

function Matches({ comparison }: { readonly comparison: AccountComparisonDto }) {
  return (
    <ListTable
      label="Beside the account"
      head={[
        'What',
        'Side',
        'Paper',
        'Account',
        'Later',
        'In worse by',
        'Out worse by',
        'Paper net',
        'Account net',
      ]}
      rows={comparison.matches.toReversed().map((match) => {
        const { kind, paper, real, delaySeconds, entryWorse, exitWorse, paperNet, realNet } = match;
        return {
          key: `${paper?.entryTime} ${real?.ticket}`,
          cells: [
            <Badge key="kind" tone={KINDS[kind].tone}>
              {KINDS[kind].text}
            </Badge>,
            (paper ?? real)!.direction,
            paper === null ? DASH : `${formatTime(paper.entryTime)}, ${paper.entryPrice}`,
            real === null ? DASH : `${formatTime(real.openTime)}, ${real.openPrice}`,
            delaySeconds === null ? DASH : `${Math.round(delaySeconds)} s`,
            amount(entryWorse),
            amount(exitWorse),
            paperNet === null ? DASH : netText(paperNet),
            realNet === null ? DASH : netText(realNet),
          ],
        };
      })}
    />
  );
}
