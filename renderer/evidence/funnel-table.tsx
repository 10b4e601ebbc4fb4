import { Table } from '@mantine/core';
import type { ChampionDto, MarketEvidenceDto } from '../../engine/contract/dto/index.ts';
import { type Verdict, verdictText } from '../../engine/contract/verdict.ts';
import { Explained, formatCount, Head, SideScroll, VerdictBadge, verdictTitle } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './evidence.module.css';
import {
  type ChampionStep,
  championsOf,
  type FunnelColumn,
  funnelColumns,
  ofMarket,
  verdictCounts,
} from './funnel.ts';
import { texts } from './texts.ts';

/** A count that is looked behind. */
export interface Chosen {
  readonly market: MarketEvidenceDto;
  readonly column: FunnelColumn;
}

interface FunnelTableProps {
  readonly markets: readonly MarketEvidenceDto[];
  readonly champions: readonly ChampionDto[];
  readonly chosen: Chosen | undefined;
  onChoose(chosen: Chosen | undefined): void;
}

/** One row a market: from everything that was tried to what the evidence says of what is left. */
export function FunnelTable({ markets, champions, chosen, onChoose }: FunnelTableProps) {
  const columns = funnelColumns(champions);
  return (
    <SideScroll className={classes.funnel} label={texts.funnelTable}>
      <Table aria-label={texts.whatWasTriedInEach}>
        <Table.Thead>
          <Table.Tr>
            <Head>{common.market}</Head>
            {columns.map(({ key, title, about }) => (
              <Table.Th key={key} ta="right">
                <Explained text={about}>{title}</Explained>
              </Table.Th>
            ))}
            <Head>{common.verdicts}</Head>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {markets.map((market) => {
            const own = ofMarket(champions, market);
            const name = `${market.symbol} ${market.timeframe}`;
            const isChosen = (key: string) =>
              chosen?.column.key === key &&
              chosen.market.symbol === market.symbol &&
              chosen.market.timeframe === market.timeframe;
            const choose = (column: FunnelColumn) =>
              onChoose(isChosen(column.key) ? undefined : { market, column });
            return (
              <Table.Tr key={name}>
                <Table.Td className={classes.market}>
                  {name}
                  <small>{texts.countOfStrategies({ strategies: market.strategies })}</small>
                </Table.Td>
                {columns.map((column) => (
                  <Table.Td key={column.key} ta="right">
                    <Count
                      count={countOf(market, own, column)}
                      label={`${column.title}, ${name}`}
                      pressed={isChosen(column.key)}
                      onPress={() => choose(column)}
                    />
                  </Table.Td>
                ))}
                <Table.Td>
                  <div className={classes.verdicts}>
                    {verdictCounts(own).map(({ verdict, count }) => {
                      const column = verdictColumn(`verdict ${verdict}`, verdict);
                      return (
                        <button
                          key={verdict}
                          type="button"
                          className={classes.verdict}
                          aria-pressed={isChosen(column.key)}
                          aria-label={`${count} ${verdictText(verdict)}, ${name}`}
                          onClick={() => choose(column)}
                        >
                          {count}
                          <VerdictBadge verdict={verdict} reason="" />
                        </button>
                      );
                    })}
                  </div>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
}

const verdictColumn = (of: ChampionStep, verdict: Verdict): FunnelColumn => ({
  key: of,
  title: verdictTitle(verdict),
  about: texts.championsWithThisVerdict,
  step: { kind: 'champions', of },
});

function countOf(market: MarketEvidenceDto, own: readonly ChampionDto[], { step }: FunnelColumn): number {
  return step.kind === 'runs' ? market[step.stage] : championsOf(own, step.of).length;
}

interface CountProps {
  readonly count: number;
  readonly label: string;
  readonly pressed: boolean;
  onPress(): void;
}

/** A count that opens what it counts; of nothing there is nothing to open. */
function Count({ count, label, pressed, onPress }: CountProps) {
  if (count === 0) return <span className={classes.zero}>0</span>;
  return (
    <button
      type="button"
      className={classes.count}
      aria-pressed={pressed}
      aria-label={`${formatCount(count)} ${label}`}
      onClick={onPress}
    >
      {formatCount(count)}
    </button>
  );
}
