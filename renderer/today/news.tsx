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
  SideScroll,
  StatusBadge,
  useNameTitle,
  VerdictBadge,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { Rest } from './rest.tsx';
import { texts } from './texts.ts';
import classes from './today.module.css';

/** Jobs that came to an end. */
export function Finished({ finished }: Pick<OverviewDto, 'finished'>) {
  return (
    <Panel title={texts.finished} note={newNote(finished.total, texts.job)} flush>
      {finished.total === 0 ? (
        <p className={classes.nothing}>{texts.noJobCame}</p>
      ) : (
        <Scrolling
          title={texts.finishedJobs}
          head={[common.job, common.state, common.done, common.failed, common.kept, common.took, texts.ended]}
        >
          {finished.listed.map(({ id, name, kind, state, completed, failed, kept, seconds, at }) => (
            <Table.Tr key={id}>
              <Table.Td className={classes.job}>
                <Anchor className="two-lines" href={formatHash('queue', { queue: String(id) })} title={name}>
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
        {texts.inHistoryOfJobs({
          link: (words) => <Anchor href={formatHash('history', { view: 'jobs' })}>{words}</Anchor>,
        })}
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
    <Panel title={texts.championsWonAndLost} note={newNote(champions.total, texts.champion)} flush>
      <Scrolling
        title={texts.newChampions}
        head={[common.regime, texts.wonBy, texts.lostBy, common.sharpe, common.verdict, common.since]}
      >
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
                texts.nobody
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
        {texts.inRegimeAnalysis({ link: (words) => <Anchor href={formatHash('regimes')}>{words}</Anchor> })}
      </Rest>
    </Panel>
  );
}

/** Who came in charge, or left. */
export function Promotions({ promotions }: Pick<OverviewDto, 'promotions'>) {
  const nameTitle = useNameTitle();
  if (promotions.total === 0) return null;
  return (
    <Panel title={texts.inCharge} note={newNote(promotions.total, texts.change)} flush>
      <Scrolling
        title={texts.changesOfWho}
        head={[common.name, common.what, common.version, texts.before, texts.by, common.when]}
      >
        {promotions.listed.map(({ id, name, action, from, to, by, at }) => (
          <Table.Tr key={id}>
            <Table.Td className={classes.name}>
              <Anchor href={formatHash('registry', { name })} title={name}>
                {nameTitle(name)}
              </Anchor>
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
        {texts.inRegistry({ link: (words) => <Anchor href={formatHash('registry')}>{words}</Anchor> })}
      </Rest>
    </Panel>
  );
}

const newNote = (total: number, noun: string) =>
  total === 0 ? undefined : texts.newNewestFirst({ total, noun });

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
    <SideScroll className={classes.table} label={texts.titleTable({ title })}>
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
    </SideScroll>
  );
}
