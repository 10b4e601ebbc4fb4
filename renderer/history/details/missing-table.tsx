import { Alert, Button, Table } from '@mantine/core';
import { IconTableOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { RunDetailDto } from '../../../engine/contract/dto/index.ts';
import { call, go, useMinTrades, useRegimeTitle } from '../../state/index.ts';
import { attempt, Head, Num, SharpeFigure, SideScroll, TermHeads } from '../../ui/index.ts';
import { strategyLabel } from '../strategies.ts';
import { texts } from './texts.ts';

/** Says why a run has no table of strategies, and offers the job that computes it, with those of all others like it; or shows what is left of it. */
export function MissingTable({ run }: { readonly run: RunDetailDto }) {
  const [busy, setBusy] = useState(false);
  const enqueue = async () => {
    setBusy(true);
    const made = await attempt(() =>
      call(run.kept ? 'evaluation.create' : 'evaluation.retrain', { enqueue: true }),
    );
    setBusy(false);
    if (made !== undefined) go('queue', { queue: String(made.queueId) });
  };
  const isShrunk = run.contenders.length > 0;
  const title = isShrunk ? texts.contendersOnly : texts.noTableOfStrategies;
  return (
    <Alert
      color="gray"
      variant="light"
      mb="md"
      title={title}
      icon={<IconTableOff aria-hidden />}
      role="region"
      aria-label={title}
    >
      {run.missingTable}
      {isShrunk ? (
        <Contenders run={run} />
      ) : (
        <Button size="xs" mt="sm" display="block" loading={busy} onClick={() => void enqueue()}>
          {run.kept ? texts.evaluateKeptModelsAgain : texts.trainDeletedModelsAgain}
        </Button>
      )}
    </Alert>
  );
}

const TERMS = ['sharpe', 'maxDrawdown', 'winRate', 'profitFactor', 'trades'] as const;

/** Each regime's best strategy alone in it, and who of them traded all bars, on the selection window. */
function Contenders({ run }: { readonly run: RunDetailDto }) {
  const regimeTitle = useRegimeTitle();
  const minTrades = useMinTrades();
  return (
    <SideScroll label={texts.contenders} minWidth={640}>
      <Table aria-label={texts.figuresOfContenders}>
        <Table.Thead>
          <Table.Tr>
            <Head>{texts.traded}</Head>
            <Head>{texts.strategy}</Head>
            <TermHeads terms={TERMS} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.contenders.map((one) => (
            <Table.Tr key={`${one.index} ${one.regime}`}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                {one.regime === null ? texts.allBars : regimeTitle(one.regime)}
              </Table.Td>
              <Table.Td>{strategyLabel(one)}</Table.Td>
              {TERMS.map((term) => (
                <Table.Td key={term} ta="right">
                  {term === 'sharpe' ? (
                    <SharpeFigure term="sharpe" score={one.selection} minTrades={minTrades} />
                  ) : (
                    <Num term={term} value={one.selection[term]} />
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
}
