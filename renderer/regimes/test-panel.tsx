import { Alert, Button, Group, Select, Table } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import type { RegimeTestDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { PriceChart, regimeColor } from '../charts/index.ts';
import { call, go, toEngineError } from '../state/index.ts';
import { EmptyState, ErrorState, Num, Panel, TermHeads, titleOf } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { type RegimeDraft, toInput } from './draft.ts';
import classes from './regimes.module.css';
import { texts } from './texts.ts';

const CHART_BARS = 5000;
const FIGURES = ['shareOfBars', 'episodes', 'meanLength'] as const;

type Outcome = { readonly result: RegimeTestDto } | { readonly error: EngineError };

interface TestPanelProps {
  readonly drafts: readonly RegimeDraft[];
  /** What can be tested on, and what is. */
  readonly series: readonly SeriesDto[];
  readonly market: SeriesDto | undefined;
  /** By `seriesName`. */
  onChoose(name: string | null): void;
}

/** `EURUSD H1` */
export const seriesName = ({ symbol, timeframe }: SeriesDto) => `${symbol} ${timeframe}`;

/** Labels stored history with the regimes as they are being edited: what they would do, before they are saved. */
export function TestPanel({ drafts, series, market, onChoose }: TestPanelProps) {
  const [testing, setTesting] = useState(false);
  const [tested, setTested] = useState<{
    readonly drafts: readonly RegimeDraft[];
    readonly outcome: Outcome;
  }>();
  const input = toInput(drafts);

  const test = async () => {
    if (input === undefined || market === undefined) return;
    setTesting(true);
    const { symbol, timeframe } = market;
    const outcome = await call('regimes.test', {
      symbol,
      timeframe,
      regimes: input,
      chartBars: CHART_BARS,
    }).then(
      (result): Outcome => ({ result }),
      (error: unknown): Outcome => ({ error: toEngineError(error) }),
    );
    setTested({ drafts, outcome });
    setTesting(false);
  };

  return (
    <Panel
      title={texts.testOnHistory}
      note={
        tested !== undefined && tested.drafts !== drafts ? texts.editedSince : texts.howTheseRegimesWouldLabel
      }
      actions={
        market === undefined ? null : (
          <Group gap="xs">
            <Select
              aria-label={texts.seriesToTestOn}
              data={series.map(seriesName)}
              value={market === undefined ? null : seriesName(market)}
              onChange={onChoose}
              allowDeselect={false}
              size="xs"
              w={180}
            />
            <Button
              size="xs"
              leftSection={<IconFlask size={14} aria-hidden />}
              disabled={input === undefined}
              loading={testing}
              onClick={() => void test()}
            >
              {texts.testOnHistory}
            </Button>
          </Group>
        )
      }
    >
      {market === undefined ? (
        <EmptyState
          icon={<IconFlask size={28} aria-hidden />}
          title={texts.testingNeedsData}
          action={<Button onClick={() => go('data')}>{texts.importData}</Button>}
        >
          {texts.rulesAreCheckedAsYou}
        </EmptyState>
      ) : tested === undefined ? (
        <EmptyState
          icon={<IconFlask size={28} aria-hidden />}
          title={texts.notTestedYet}
          action={
            <Button
              variant="default"
              disabled={input === undefined}
              loading={testing}
              onClick={() => void test()}
            >
              {texts.testTheseRules}
            </Button>
          }
        >
          {texts.shareOfBars}
        </EmptyState>
      ) : 'error' in tested.outcome ? (
        <ErrorState error={tested.outcome.error} />
      ) : (
        <TestResult result={tested.outcome.result} drafts={tested.drafts} />
      )}
    </Panel>
  );
}

interface TestResultProps {
  readonly result: RegimeTestDto;
  /** The regimes that were tested. */
  readonly drafts: readonly RegimeDraft[];
}

function TestResult({ result, drafts }: TestResultProps) {
  const title = (name: string) => drafts.find((draft) => draft.name === name)?.title ?? titleOf(name);
  const names = result.regimes.map(({ name }) => name);
  return (
    <div className={classes.stack}>
      {result.notes.length === 0 ? null : (
        <Alert color="yellow" title={texts.rulesToLookAt}>
          {result.notes.map((note) => (
            <div key={note}>{note}</div>
          ))}
        </Alert>
      )}
      <Table aria-label={texts.testResult}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{common.regime}</Table.Th>
            <TermHeads terms={FIGURES} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.regimes.map(({ name, share, episodes, meanLength }) => (
            <Table.Tr key={name}>
              <Table.Td>
                <span className={classes.regimeName}>
                  <span className={classes.dot} style={{ background: regimeColor(names, name) }} />
                  {title(name)}
                </span>
              </Table.Td>
              <Table.Td ta="right">
                <Num term="shareOfBars" value={share} />
              </Table.Td>
              <Table.Td ta="right">
                <Num term="episodes" value={episodes} />
              </Table.Td>
              <Table.Td ta="right">
                <Num term="meanLength" value={meanLength} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <PriceChart
        title={texts.priceAndRegimes({ symbol: result.symbol, timeframe: result.timeframe })}
        note={texts.figuresAbove({ bars: result.bars, timeBars: result.chart.time.length })}
        {...result.chart}
        regimes={names}
        regimeTitle={title}
      />
    </div>
  );
}
