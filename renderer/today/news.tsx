import { Anchor, Table } from '@mantine/core';
import type { OverviewDto } from '../../engine/contract/dto/index.ts';
import { useModelTitle, useRegimeTitle } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import {
  formatCount,
  formatDuration,
  formatTime,
  formatWithError,
  Head,
  jobWords,
  keepsModels,
  Panel,
  plural,
  StatusBadge,
  VerdictBadge,
} from '../ui/index.ts';
import { Rest } from './rest.tsx';
import classes from './today.module.css';

/** Jobs that came to an end. */
export function Finished({ finished }: Pick<OverviewDto, 'finished'>) {
  return (
    <Panel title="Finished" note={newNote(finished.total, 'job')} flush>
      {finished.total === 0 ? (
        <p className={classes.nothing}>No job came to its end since.</p>
      ) : (
        <Scrolling title="Finished jobs" head={['Job', 'State', 'Done', 'Failed', 'Kept', 'Took', 'Ended']}>
          {finished.listed.map(({ id, name, kind, state, completed, failed, kept, seconds, at }) => (
            <Table.Tr key={id}>
              <Table.Td className={classes.name}>
                <Anchor href={formatHash('queue', { queue: String(id) })} title={name}>
                  {name}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <StatusBadge status={state} />
              </Table.Td>
              <Table.Td>{plural(completed, jobWords(kind).unit)}</Table.Td>
              <Table.Td>{formatCount(failed)}</Table.Td>
              <Table.Td>{keepsModels(kind) ? formatCount(kept) : '–'}</Table.Td>
              <Table.Td>{formatDuration(seconds)}</Table.Td>
              <Table.Td>{formatTime(at)}</Table.Td>
            </Table.Tr>
          ))}
        </Scrolling>
      )}
      <Rest of={finished}>
        in the <Anchor href={formatHash('history', { view: 'jobs' })}>history of jobs</Anchor>
      </Rest>
    </Panel>
  );
}

/** Who won a regime, and whose place that was. */
export function Changes({ champions }: Pick<OverviewDto, 'champions'>) {
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  if (champions.total === 0) return null;
  return (
    <Panel title="Champions won and lost" note={newNote(champions.total, 'champion')} flush>
      <Scrolling title="New champions" head={['Regime', 'Won by', 'Lost by', 'Sharpe', 'Verdict', 'Since']}>
        {champions.listed.map((one) => (
          <Table.Tr key={one.champion}>
            <Table.Td className={classes.name}>
              <Anchor href={formatHash('evidence', { champion: one.champion })}>
                {regimeTitle(one.regime)}
              </Anchor>
              <small>
                {one.symbol} {one.timeframe}
              </small>
            </Table.Td>
            <Table.Td>{modelTitle(one.modelType)}</Table.Td>
            <Table.Td>
              {one.replaced === null ? (
                'Nobody'
              ) : (
                <Anchor href={formatHash('history', { run: one.replaced.runId })}>
                  {modelTitle(one.replaced.modelType)}
                </Anchor>
              )}
            </Table.Td>
            <Table.Td>{formatWithError(one.sharpe, one.sharpeError)}</Table.Td>
            <Table.Td>
              <VerdictBadge verdict={one.verdict} reason="" />
            </Table.Td>
            <Table.Td>{formatTime(one.at)}</Table.Td>
          </Table.Tr>
        ))}
      </Scrolling>
      <Rest of={champions}>
        in <Anchor href={formatHash('regimes')}>Regime Analysis</Anchor>
      </Rest>
    </Panel>
  );
}

/** Who came in charge, or left. */
export function Promotions({ promotions }: Pick<OverviewDto, 'promotions'>) {
  if (promotions.total === 0) return null;
  return (
    <Panel title="In charge" note={newNote(promotions.total, 'change')} flush>
      <Scrolling
        title="Changes of who is in charge"
        head={['Name', 'What', 'Version', 'Before', 'By', 'When']}
      >
        {promotions.listed.map(({ id, name, action, from, to, by, at }) => (
          <Table.Tr key={id}>
            <Table.Td className={classes.name}>
              <Anchor href={formatHash('registry', { name })}>{name}</Anchor>
            </Table.Td>
            <Table.Td>{action}</Table.Td>
            <Table.Td>{to ?? '–'}</Table.Td>
            <Table.Td>{from ?? '–'}</Table.Td>
            <Table.Td>{by}</Table.Td>
            <Table.Td>{formatTime(at)}</Table.Td>
          </Table.Tr>
        ))}
      </Scrolling>
      <Rest of={promotions}>
        in the <Anchor href={formatHash('registry')}>Registry</Anchor>
      </Rest>
    </Panel>
  );
}

const newNote = (total: number, noun: string) =>
  total === 0 ? undefined : `${plural(total, `new ${noun}`)}, newest first`;

function Scrolling({
  title,
  head,
  children,
}: {
  readonly title: string;
  readonly head: readonly string[];
  readonly children: React.ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={classes.table} aria-label={`${title}, table`} tabIndex={0}>
      <Table aria-label={title} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {head.map((column) => (
              <Head key={column}>{column}</Head>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </section>
  );
}
