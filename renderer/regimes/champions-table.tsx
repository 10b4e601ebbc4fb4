import { Table } from '@mantine/core';
import { IconMinus } from '@tabler/icons-react';
import { memo } from 'react';
import { regimeColor } from '../charts/index.ts';
import { useMinTrades, useModelTitle } from '../state/index.ts';
import { FamilyWiseP } from '../strategy/index.ts';
import {
  DASH,
  formatDay,
  formatTime,
  Head,
  marksText,
  Num,
  SharpeFigure,
  SideScroll,
  TermHeads,
  type TermName,
  VerdictBadge,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './regimes.module.css';
import { activeNames, type RegimeRow, standingText, standingWord } from './rows.ts';
import { StandingMark } from './standing.tsx';
import { texts } from './texts.ts';

interface ChampionsTableProps {
  readonly rows: readonly RegimeRow[];
  readonly selected: string | undefined;
  onSelect(key: string): void;
}

const FIGURES = [
  'sharpe',
  'familyWiseP',
  'luck',
  'composite',
  'roi',
  'maxDrawdown',
  'winRate',
  'trades',
  'holdoutSharpe',
  'achievedAt',
] as const satisfies readonly TermName[];

export function ChampionsTable({ rows, selected, onSelect }: ChampionsTableProps) {
  const active = activeNames(rows);
  return (
    <SideScroll className={classes.champions} label={texts.championsTable}>
      <Table stickyHeader highlightOnHover aria-label={texts.championsPerRegime}>
        <Table.Thead>
          <Table.Tr>
            <Head>{common.regime}</Head>
            <Head>{texts.bestModel}</Head>
            <Head>{common.market}</Head>
            <Head>{common.model}</Head>
            <TermHeads terms={FIGURES} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row
              key={row.key}
              row={row}
              color={regimeColor(active, row.regime)}
              selected={row.key === selected}
              onSelect={onSelect}
            />
          ))}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
}

interface RowProps {
  readonly row: RegimeRow;
  readonly color: string;
  readonly selected: boolean;
  onSelect(key: string): void;
}

const Row = memo(function Row({ row, color, selected, onSelect }: RowProps) {
  const { key, title, retired, champion } = row;
  const modelTitle = useModelTitle();
  const minTrades = useMinTrades();
  const name = (
    <span className={classes.regimeName}>
      <span className={classes.dot} style={{ background: color }} />
      {champion === null ? (
        title
      ) : (
        <button type="button" aria-pressed={selected} title={texts.showChampionOf({ title })}>
          {title}
        </button>
      )}
      {retired === undefined ? null : <small className={classes.quiet}>{retired}</small>}
    </span>
  );
  if (champion === null) {
    return (
      <Table.Tr className={classes.quiet}>
        <Table.Td>{name}</Table.Td>
        <Table.Td>
          <IconMinus size={16} role="img" aria-label={texts.noModelYet} />
        </Table.Td>
        {Array.from({ length: 2 + FIGURES.length }, (_, cell) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: empty cells have no identity
          <Table.Td key={cell} ta={cell < 2 ? 'left' : 'right'}>
            {DASH}
          </Table.Td>
        ))}
      </Table.Tr>
    );
  }
  return (
    // The button in the first cell does the same from the keyboard; its click comes up here too.
    <Table.Tr className={classes.row} data-selected={selected || undefined} onClick={() => onSelect(key)}>
      <Table.Td>{name}</Table.Td>
      <Table.Td>
        <span className={classes.standing}>
          <StandingMark stale={champion.stale} modelMissing={champion.modelMissing} />
          <VerdictBadge verdict={champion.verdict} reason={champion.verdictReason} />
        </span>
      </Table.Td>
      <Table.Td className={classes.market}>
        {champion.symbol} {champion.timeframe}
        {champion.synthetic ? <small>{texts.synthetic}</small> : null}
        {champion.marks === undefined ? null : (
          <small title={champion.marks.note || undefined}>{marksText(champion.marks) || common.note}</small>
        )}
      </Table.Td>
      <Table.Td className={classes.market}>
        {modelTitle(champion.modelType)}
        {standingWord(champion) === null ? null : (
          <small title={standingText(champion) ?? undefined}>{standingWord(champion)}</small>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <SharpeFigure term="sharpe" score={champion} luck={champion.luck.sharpe} minTrades={minTrades} />
      </Table.Td>
      <Table.Td ta="right">
        <FamilyWiseP champion={champion} />
      </Table.Td>
      <Table.Td ta="right">
        <Num term="luck" value={champion.luck.sharpe} />
      </Table.Td>
      <Table.Td ta="right">
        <Num term="composite" value={champion.composite} />
      </Table.Td>
      <Table.Td ta="right">
        <Num term="roi" value={champion.stake.roi} />
      </Table.Td>
      <Table.Td ta="right">
        <Num term="maxDrawdown" value={champion.maxDrawdown} />
      </Table.Td>
      <Table.Td ta="right">
        <Num term="winRate" value={champion.winRate} />
      </Table.Td>
      <Table.Td ta="right">
        <Num term="trades" value={champion.trades} />
      </Table.Td>
      <Table.Td ta="right">
        <SharpeFigure
          term="holdoutSharpe"
          score={champion.holdout}
          hidden={champion.holdoutLook.hidden}
          minTrades={minTrades}
        />
      </Table.Td>
      <Table.Td ta="right">
        <span title={formatTime(champion.achievedAt)}>{formatDay(champion.achievedAt)}</span>
      </Table.Td>
    </Table.Tr>
  );
});
