import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { AccountComparisonDto, MatchDto, StatementDto } from '../../engine/contract/dto/index.ts';
import { priceText } from '../../engine/contract/live-text.ts';
import { AccountChart } from '../charts/account-chart.tsx';
import { chooseFile } from '../client/choose-file.ts';
import { call, client, useCall } from '../state/index.ts';
import {
  attempt,
  Badge,
  ConfirmButton,
  DASH,
  ErrorState,
  formatShort,
  formatTime,
  LoadingRows,
  notify,
  type Tone,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { net } from './figures.ts';
import { ListTable } from './list-table.tsx';
import classes from './registry.module.css';
import { texts } from './texts.ts';

const ACCEPT = '.htm,.html,.csv,.txt';
const ZONES = ['UTC', 'NY+7', 'America/New_York', 'Europe/Athens', '+02:00', '+03:00'];

interface PaperProps {
  readonly name: string;
  readonly version: string;
}

/** A forward test beside a real account, whose statements are read here. */
export function AccountPanel({ name, version }: PaperProps) {
  const { data: accounts } = useCall('statement.list', {});
  const [chosen, setChosen] = useState<string | null>(null);
  if (accounts === undefined) return null;
  const account = accounts.find((one) => one.account === chosen) ?? accounts[0];
  return (
    <section className={classes.account} aria-label={texts.besideRealAccount}>
      <h3>{texts.besideRealAccount}</h3>
      <Import onImported={setChosen} />
      {account === undefined ? (
        <p className={classes.standing}>{texts.noStatementWasReadYet}</p>
      ) : (
        <>
          <div className={classes.accountChoice}>
            <Select
              label={common.account}
              data={accounts.map((one) => one.account)}
              value={account.account}
              onChange={setChosen}
              allowDeselect={false}
            />
            <span>
              {texts.tradeTo({
                trades: account.trades,
                first: formatTime(account.first),
                last: formatTime(account.last),
              })}
            </span>
            <ConfirmButton
              question={texts.forgetAccount({ account: account.account })}
              consequence={texts.itsTradesAreTakenOut}
              confirm={texts.forgetIt}
              onConfirm={() => void attempt(() => call('statement.remove', { account: account.account }))}
            >
              {texts.forget}
            </ConfirmButton>
          </div>
          <Comparison name={name} version={version} account={account.account} />
        </>
      )}
    </section>
  );
}

function importedText({ trades, open, added, changed, badRows, timezone }: StatementDto): string {
  return texts.tradeNewChanged({ trades, open, added, changed, badRows, timezone });
}

function Import({ onImported }: { onImported(account: string): void }) {
  const [file, setFile] = useState<File | null>(null);
  const [timezone, setTimezone] = useState('');
  const [account, setAccount] = useState('');
  const [busy, setBusy] = useState(false);
  const read = async (event: FormEvent) => {
    event.preventDefault();
    if (file === null) return;
    setBusy(true);
    const imported = await attempt(async () =>
      call('statement.import', {
        file: await client().hostFile(file),
        ...(timezone.trim() === '' ? {} : { timezone: timezone.trim() }),
        ...(account.trim() === '' ? {} : { account: account.trim() }),
      }),
    );
    setBusy(false);
    if (imported === undefined) return;
    setFile(null);
    onImported(imported.account);
    notify(texts.account({ account: imported.account }), importedText(imported));
  };
  return (
    <form
      className={classes.accountForm}
      aria-label={texts.readStatement}
      onSubmit={(event) => void read(event)}
    >
      <Button
        variant="default"
        leftSection={<IconFileUpload size={16} aria-hidden />}
        onClick={async () => setFile((await chooseFile(ACCEPT)) ?? file)}
      >
        {file?.name ?? texts.chooseStatement}
      </Button>
      <Autocomplete
        label={common.timeZone}
        placeholder={texts.asCandles}
        data={ZONES}
        value={timezone}
        onChange={setTimezone}
      />
      <TextInput
        label={texts.nameOfAccount}
        placeholder={texts.asStatementSays}
        value={account}
        onChange={({ currentTarget }) => setAccount(currentTarget.value)}
      />
      <Button type="submit" disabled={file === null} loading={busy}>
        {texts.read}
      </Button>
    </form>
  );
}

const KINDS: Readonly<Record<MatchDto['kind'], { readonly text: string; readonly tone: Tone }>> = {
  matched: { text: texts.matched, tone: 'gain' },
  late: { text: texts.late, tone: 'warning' },
  missed: { text: texts.missed, tone: 'loss' },
  extra: { text: texts.extra, tone: 'warning' },
};

function Comparison(props: PaperProps & { readonly account: string }) {
  const { data, error, refresh } = useCall('statement.compare', props);
  if (error !== undefined) return <ErrorState error={error} retry={refresh} />;
  if (data === undefined) return <LoadingRows rows={3} />;
  const { matched, late, missed, extra } = data.counts;
  const { paper, real, times } = data.curve;
  return (
    <>
      <p className={classes.standing}>
        {texts.matchedLateMissedExtra({
          matched,
          late,
          missed,
          extra,
          paper: net(paper.at(-1) ?? 0),
          real: net(real.at(-1) ?? 0),
          data: costsText(data),
        })}
      </p>
      {times.length < 2 ? null : <AccountChart account={data.account} curve={data.curve} />}
      {data.matches.length === 0 ? null : <Matches comparison={data} />}
    </>
  );
}

/** What both paid for the trades that both made. */
function costsText({ matches }: AccountComparisonDto): string {
  const both = matches.flatMap(({ paperCost, realCost }) =>
    paperCost === null || realCost === null ? [] : [{ paperCost, realCost }],
  );
  if (both.length === 0) return '';
  const paper = both.reduce((sum, one) => sum + one.paperCost, 0);
  const real = both.reduce((sum, one) => sum + one.realCost, 0);
  return texts.ofTradeThatBothMade({ trades: both.length, paper: net(paper), real: net(real) });
}

const amount = (value: number | null) => formatShort(value, 3);

const HEAD = [
  common.what,
  texts.side,
  texts.paper,
  common.account,
  common.later,
  common.inWorseBy,
  common.outWorseBy,
  common.paperNet,
  common.accountNet,
  common.paperCost,
  common.accountCharges,
];

function Matches({ comparison }: { readonly comparison: AccountComparisonDto }) {
  const [{ paper: first, real: own }] = comparison.matches as readonly [MatchDto];
  // One number of digits for all of them.
  const size = first?.entryPrice ?? own?.openPrice ?? 1;
  return (
    <ListTable
      label={texts.besideAccount}
      head={HEAD}
      rows={comparison.matches.toReversed().map((match) => {
        const { kind, paper, real, delaySeconds, entryWorse, exitWorse } = match;
        return {
          key: `${paper?.entryTime} ${real?.ticket}`,
          cells: [
            <Badge key="kind" tone={KINDS[kind].tone}>
              {KINDS[kind].text}
            </Badge>,
            (paper ?? real)!.direction,
            paper === null ? DASH : `${formatTime(paper.entryTime)}, ${priceText(paper.entryPrice, size)}`,
            real === null ? DASH : `${formatTime(real.openTime)}, ${priceText(real.openPrice, size)}`,
            delaySeconds === null ? DASH : `${Math.round(delaySeconds)} s`,
            amount(entryWorse),
            amount(exitWorse),
            net(match.paperNet),
            net(match.realNet),
            net(match.paperCost),
            net(match.realCost),
          ],
        };
      })}
    />
  );
}
