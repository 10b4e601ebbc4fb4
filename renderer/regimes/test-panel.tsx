import { Button, Group, Select, Table } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import type { RegimeTestDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { PriceChart, regimeColour } from '../charts/index.ts';
import { call, toEngineError, useWorkspace } from '../state/index.ts';
import {
  EmptyState,
  ErrorState,
  formatCount,
  formatNumber,
  formatPercent,
  Panel,
  plural,
  titleOf,
} from '../ui/index.ts';
import { type RegimeDraft, toInput } from './draft.ts';
import classes from './regimes.module.css';

const CHART_BARS = 5000;

type Outcome = { readonly result: RegimeTestDto } | { readonly error: EngineError };

/** Labels stored history with the regimes as they are being edited: what they would do, before they are saved. */
export function TestPanel({ drafts }: { readonly drafts: readonly RegimeDraft[] }) {
  const series = useWorkspace((workspace) => workspace.series) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [testing, setTesting] = useState(false);
  const [tested, setTested] = useState<{
    readonly drafts: readonly RegimeDraft[];
    readonly outcome: Outcome;
  }>();
  const names = series.map(({ symbol, timeframe }) => `${symbol} ${timeframe}`);
  const name = chosen !== null && names.includes(chosen) ? chosen : (names[0] ?? null);
  const market = series[names.indexOf(name ?? '')];
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
      title="Test on history"
      note={
        tested !== undefined && tested.drafts !== drafts
          ? 'Edited since: test again to see the difference.'
          : 'How these regimes would label stored bars. Nothing is saved.'
      }
      actions={
        <Group gap="xs">
          <Select
            aria-label="Series to test on"
            data={names}
            value={name}
            onChange={setChosen}
            allowDeselect={false}
            size="xs"
            w={180}
          />
          <Button
            size="xs"
            leftSection={<IconFlask size={14} aria-hidden />}
            disabled={input === undefined || market === undefined}
            loading={testing}
            onClick={() => void test()}
          >
            Test on history
          </Button>
        </Group>
      }
    >
      {tested === undefined ? (
        <EmptyState
          icon={<IconFlask size={28} aria-hidden />}
          title={market === undefined ? 'No data yet' : 'Not tested yet'}
        >
          {market === undefined
            ? 'Import data, or load the demo market, to test regimes on.'
            : 'The share of bars, the number of episodes, their mean length and a coloured chart appear here.'}
        </EmptyState>
      ) : 'error' in tested.outcome ? (
        <ErrorState error={tested.outcome.error} />
      ) : (
        <TestResult result={tested.outcome.result} />
      )}
    </Panel>
  );
}

function TestResult({ result }: { readonly result: RegimeTestDto }) {
  const names = result.regimes.map(({ name }) => name);
  return (
    <div className={classes.stack}>
      <Table aria-label="Test result">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Regime</Table.Th>
            <Table.Th ta="right">Share of bars</Table.Th>
            <Table.Th ta="right">Episodes</Table.Th>
            <Table.Th ta="right">Mean length, bars</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.regimes.map(({ name, share, episodes, meanLength }) => (
            <Table.Tr key={name}>
              <Table.Td>
                <span className={classes.regimeName}>
                  <span className={classes.dot} style={{ background: regimeColour(names, name) }} />
                  {titleOf(name)}
                </span>
              </Table.Td>
              <Table.Td ta="right">{formatPercent(share)}</Table.Td>
              <Table.Td ta="right">{formatCount(episodes)}</Table.Td>
              <Table.Td ta="right">{formatNumber(meanLength, 1)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <PriceChart
        title={`Price and regimes, ${result.symbol} ${result.timeframe}`}
        note={`Figures above: all ${plural(result.bars, 'bar')}. Chart: the newest ${plural(result.chart.time.length, 'bar')}.`}
        {...result.chart}
        regimes={names}
      />
    </div>
  );
}
