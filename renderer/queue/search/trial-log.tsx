import { Button, CopyButton, Group, Table } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { TrialDto } from '../../../engine/contract/dto/index.ts';
import { objectiveTitle } from '../../../engine/contract/objective-titles.ts';
import { download } from '../../client/download.ts';
import { Badge, formatCount, formatDuration, formatNumber, Head, SideScroll } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import queue from '../queue.module.css';
import { paramsText } from './params-text.ts';
import classes from './search.module.css';
import { texts } from './texts.ts';

/** Rows that are drawn at first, and more of on demand. */
const PAGE = 50;

type SortKey = 'trial' | 'value' | 'auc' | 'seconds';

/** Every trial that has ended, newest first or by a column; also as JSON. */
export function TrialLog({
  model,
  trials,
  objective,
  filter,
}: {
  readonly model: string;
  readonly trials: readonly TrialDto[];
  readonly objective: string;
  /** What is left of all trials, where they are filtered: above the table. */
  readonly filter: React.ReactNode;
}) {
  const [sort, setSort] = useState<{ readonly key: SortKey; readonly descending: boolean }>({
    key: 'trial',
    descending: true,
  });
  const [shown, setShown] = useState(PAGE);
  const { key, descending } = sort;
  // One without a value stands last, whatever the direction.
  const none = descending ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const sorted = trials.toSorted(
    (a, b) => ((a[key] ?? none) < (b[key] ?? none) ? -1 : 1) * (descending ? -1 : 1),
  );
  const head = (column: SortKey, title: string) => {
    const Arrow = descending ? IconArrowDown : IconArrowUp;
    return (
      <Table.Th ta="right" aria-sort={column === key ? (descending ? 'descending' : 'ascending') : 'none'}>
        <button
          type="button"
          className={classes.sort}
          onClick={() => setSort({ key: column, descending: column === key ? !descending : true })}
        >
          {title}
          {column === key ? <Arrow size={12} aria-hidden /> : null}
        </button>
      </Table.Th>
    );
  };
  const rest = sorted.length - shown;
  // The objective's own column has it already.
  const hasAuc = objective !== 'roc_auc' && trials.some(({ auc }) => auc !== null);
  return (
    <div>
      {filter}
      <SideScroll className={queue.results} label={texts.trialLogOf({ model })}>
        <Table stickyHeader fz="sm">
          <Table.Thead>
            <Table.Tr>
              {head('trial', common.trial)}
              <Head>{common.state}</Head>
              {head('value', objectiveTitle(objective))}
              {hasAuc ? head('auc', common.validationAuc) : null}
              {head('seconds', texts.time)}
              <Head>{texts.parameters}</Head>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.slice(0, shown).map((trial) => (
              <Table.Tr key={trial.trial}>
                <Table.Td ta="right">{formatCount(trial.trial)}</Table.Td>
                <Table.Td>
                  <TrialState trial={trial} />
                </Table.Td>
                <Table.Td ta="right">{formatNumber(trial.value, 4)}</Table.Td>
                {hasAuc ? <Table.Td ta="right">{formatNumber(trial.auc, 3)}</Table.Td> : null}
                <Table.Td ta="right">{formatDuration(trial.seconds)}</Table.Td>
                <Table.Td>{trial.error ?? paramsText(trial.params)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
      <LogActions trials={trials} objective={objective}>
        {rest > 0 ? (
          <Button size="xs" variant="default" onClick={() => setShown(shown + 4 * PAGE)}>
            {texts.showMore({ rest: formatCount(rest) })}
          </Button>
        ) : null}
      </LogActions>
    </div>
  );
}

interface LogActionsProps {
  readonly trials: readonly TrialDto[];
  readonly objective: string;
  readonly children: React.ReactNode;
}

function LogActions({ trials, objective, children }: LogActionsProps) {
  const json = () =>
    JSON.stringify(
      trials.map(({ trial, model, side, state, value, auc, params, seconds }) => ({
        ...{ trial, model, side, state },
        [objective]: value,
        ...(auc === null ? {} : { validation_auc: auc }),
        ...{ params, seconds },
      })),
      null,
      2,
    );
  return (
    <Group gap="xs" mt="xs">
      {children}
      <CopyButton value={json()}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>
            {copied ? texts.copied : texts.copyAsJson}
          </Button>
        )}
      </CopyButton>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={() => download(new Blob([json()], { type: 'application/json' }), 'trials.json')}
      >
        {texts.downloadTrials}
      </Button>
    </Group>
  );
}

function TrialState({ trial: { state, sameAs } }: { readonly trial: TrialDto }) {
  if (sameAs !== null) return <Badge tone="neutral">{texts.asTrial({ sameAs })}</Badge>;
  if (state === 'failed') return <Badge tone="loss">{common.failed}</Badge>;
  return state === 'pruned' ? (
    <Badge tone="neutral">{texts.givenUp}</Badge>
  ) : (
    <Badge tone="gain">{texts.allFolds}</Badge>
  );
}
