import { Alert, Button, Group, Modal, Table } from '@mantine/core';
import { IconAlertTriangle, IconArrowBarToUp } from '@tabler/icons-react';
import type { RegimeChangeDto } from '../../engine/contract/dto/index.ts';
import { useCall } from '../state/index.ts';
import { ErrorState, formatCount, Head, LoadingRows, plural, titleOf } from '../ui/index.ts';
import { placedBefore, type RegimeDraft, toInput } from './draft.ts';
import classes from './regimes.module.css';

interface ChangeDialogProps {
  readonly drafts: readonly RegimeDraft[];
  onSave(): void;
  /** Other places for regimes that would get no bar. */
  onPlace(drafts: readonly RegimeDraft[]): void;
  onClose(): void;
}

/** Before changed rules count: how many bars each takes, which champions become stale, and who stands in whose way. */
export function ChangeDialog({ drafts, onSave, onPlace, onClose }: ChangeDialogProps) {
  const { data, error, refresh } = useCall('regimes.preview', { regimes: toInput(drafts) ?? [] });
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title="What these rules change"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.stack}>
        {error !== undefined ? (
          <ErrorState error={error} retry={refresh} />
        ) : data === undefined ? (
          <LoadingRows rows={4} />
        ) : (
          <Change change={data} drafts={drafts} onPlace={onPlace} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep editing
          </Button>
          <Button onClick={onSave}>Save these rules</Button>
        </Group>
      </div>
    </Modal>
  );
}

interface ChangeProps extends Pick<ChangeDialogProps, 'drafts' | 'onPlace'> {
  readonly change: RegimeChangeDto;
}

function Change({ change: { series, furtherSeries, stale, champions }, drafts, onPlace }: ChangeProps) {
  const title = (name: string) => drafts.find((draft) => draft.name === name)?.title ?? titleOf(name);
  return (
    <>
      <Alert
        color={stale.length === 0 ? 'gray' : 'yellow'}
        variant="light"
        icon={<IconAlertTriangle aria-hidden />}
        title={
          stale.length === 0
            ? `None of ${plural(champions, 'champion')} becomes stale`
            : `${formatCount(stale.length)} of ${plural(champions, 'champion')} ${stale.length === 1 ? 'becomes' : 'become'} stale`
        }
      >
        {stale.length === 0 ? (
          'Their regimes have the same bars as before in the windows that they were chosen in.'
        ) : (
          <>
            They stay until they are evaluated again under the new rules.
            <details>
              <summary>Which</summary>
              {stale.join(', ')}
            </details>
          </>
        )}
      </Alert>
      {series.map((one) => (
        <section key={`${one.symbol} ${one.timeframe}`} className={classes.stack}>
          <h3 className={classes.changeTitle}>
            {one.symbol} {one.timeframe}: {formatCount(one.moved)} of {plural(one.bars, 'bar')} would have
            another regime
          </h3>
          {one.proposals.map(({ name, before, gets, from, empties }) => (
            <Alert key={name} color="yellow" variant="light" title={`${title(name)} gets no bar`}>
              Its rules hold, but {from.map((taker) => title(taker.name)).join(', ')} before it{' '}
              {from.length === 1 ? 'takes' : 'take'} all of those bars. Right before {title(before)} it gets{' '}
              {plural(gets, 'bar')}
              {empties.length === 0 ? '' : `, and ${empties.map(title).join(', ')} gets none any more`}.
              <Group mt="xs">
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconArrowBarToUp size={14} aria-hidden />}
                  onClick={() => onPlace(placedBefore(drafts, name, before))}
                >
                  Place it before {title(before)}
                </Button>
              </Group>
            </Alert>
          ))}
          <div className={classes.changeTable}>
            <Table aria-label={`Bars of ${one.symbol} ${one.timeframe}`}>
              <Table.Thead>
                <Table.Tr>
                  <Head>Regime</Head>
                  <Head ta="right">Bars now</Head>
                  <Head ta="right">Then</Head>
                  <Head ta="right">Its rules hold</Head>
                  <Head>Taken by those before it</Head>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {one.regimes.map(({ name, before, after, holds, takenBy }) => (
                  <Table.Tr key={name}>
                    <Table.Td>{title(name)}</Table.Td>
                    <Table.Td ta="right">{before === null ? '–' : formatCount(before)}</Table.Td>
                    <Table.Td ta="right" fw={before === after ? undefined : 700}>
                      {after === null ? 'gone' : formatCount(after)}
                    </Table.Td>
                    <Table.Td ta="right">{after === null ? '–' : formatCount(holds)}</Table.Td>
                    <Table.Td>
                      {takenBy
                        .map((taker) => `${formatCount(taker.bars)} by ${title(taker.name)}`)
                        .join(', ')}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </section>
      ))}
      {furtherSeries === 0 ? null : (
        <p>{plural(furtherSeries, 'further stored series', 'further stored series')} not looked at.</p>
      )}
    </>
  );
}
