import { Alert, Button, Group, Modal, Table } from '@mantine/core';
import { IconAlertTriangle, IconArrowBarToUp } from '@tabler/icons-react';
import type { RegimeChangeDto } from '../../engine/contract/dto/index.ts';
import { useCall } from '../state/index.ts';
import {
  ErrorState,
  FocusBack,
  formatCount,
  Head,
  LoadingRows,
  SideScroll,
  titleOf,
  useChampionTitle,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { placedBefore, type RegimeDraft, toInput } from './draft.ts';
import classes from './regimes.module.css';
import { texts } from './texts.ts';

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
      title={texts.whatTheseRulesChange}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <FocusBack />
      <div className={classes.stack}>
        {error !== undefined ? (
          <ErrorState error={error} retry={refresh} />
        ) : data === undefined ? (
          <LoadingRows rows={4} />
        ) : (
          <Change change={data} drafts={drafts} onPlace={onPlace} />
        )}
        <Group justify="flex-end" className={classes.answers}>
          <Button variant="default" onClick={onClose}>
            {texts.keepEditing}
          </Button>
          <Button onClick={onSave}>{texts.saveTheseRules}</Button>
        </Group>
      </div>
    </Modal>
  );
}

interface ChangeProps extends Pick<ChangeDialogProps, 'drafts' | 'onPlace'> {
  readonly change: RegimeChangeDto;
}

function Change({ change: { series, furtherSeries, stale, champions }, drafts, onPlace }: ChangeProps) {
  const championTitle = useChampionTitle();
  const title = (name: string) => drafts.find((draft) => draft.name === name)?.title ?? titleOf(name);
  return (
    <>
      <Alert
        color={stale.length === 0 ? 'gray' : 'yellow'}
        variant="light"
        icon={<IconAlertTriangle aria-hidden />}
        title={
          stale.length === 0
            ? texts.noneOfChampionBecomesStale({ champions })
            : texts.ofChampionBecomesStale({ stale: stale.length, champions })
        }
      >
        {stale.length === 0 ? (
          texts.theirRegimesHaveSameBars
        ) : (
          <>
            {texts.theyStayUntilAreEvaluated}
            <details>
              <summary>{texts.which}</summary>
              {stale.map(championTitle).join('; ')}
            </details>
          </>
        )}
      </Alert>
      {series.map((one) => (
        <section key={`${one.symbol} ${one.timeframe}`} className={classes.stack}>
          <h3 className={classes.changeTitle}>
            {texts.symbolTimeframe({
              symbol: one.symbol,
              timeframe: one.timeframe,
              moved: formatCount(one.moved),
              bars: one.bars,
            })}
          </h3>
          {one.proposals.map(({ name, before, gets, from, empties }) => (
            <Alert key={name} color="yellow" variant="light" title={texts.getsNoBar({ name: title(name) })}>
              {texts.itsRulesHoldButBefore({
                from: from.map((taker) => title(taker.name)).join(', '),
                takers: from.length,
                before: title(before),
                gets,
                empties: empties.length,
                emptiesList: empties.map(title).join(', '),
              })}
              <Group mt="xs">
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconArrowBarToUp size={14} aria-hidden />}
                  onClick={() => onPlace(placedBefore(drafts, name, before))}
                >
                  {texts.placeItBefore({ before: title(before) })}
                </Button>
              </Group>
            </Alert>
          ))}
          <SideScroll label={texts.barsOf({ symbol: one.symbol, timeframe: one.timeframe })}>
            <Table aria-label={texts.barsOf({ symbol: one.symbol, timeframe: one.timeframe })}>
              <Table.Thead>
                <Table.Tr>
                  <Head>{common.regime}</Head>
                  <Head ta="right">{common.barsNow}</Head>
                  <Head ta="right">{common.afterwards}</Head>
                  <Head ta="right">{common.itsRulesHold}</Head>
                  <Head>{common.takenByThoseBeforeIt}</Head>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {one.regimes.map(({ name, before, after, holds, takenBy }) => (
                  <Table.Tr key={name}>
                    <Table.Td>{title(name)}</Table.Td>
                    <Table.Td ta="right">{before === null ? '–' : formatCount(before)}</Table.Td>
                    <Table.Td ta="right" fw={before === after ? undefined : 700}>
                      {after === null ? texts.gone : formatCount(after)}
                    </Table.Td>
                    <Table.Td ta="right">{after === null ? '–' : formatCount(holds)}</Table.Td>
                    <Table.Td>
                      {takenBy
                        .map((taker) =>
                          texts.barsByName({ bars: formatCount(taker.bars), name: title(taker.name) }),
                        )
                        .join(', ')}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </SideScroll>
        </section>
      ))}
      {furtherSeries === 0 ? null : <p>{texts.furtherStoredSeriesNotLooked({ furtherSeries })}</p>}
    </>
  );
}
