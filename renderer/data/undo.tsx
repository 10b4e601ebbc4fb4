import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { SeriesChangeDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import { call, loadWorkspace, useCall } from '../state/index.ts';
import { attempt, formatTime, notify } from '../ui/index.ts';
import { buildGridWith } from './build-grid.ts';
import { texts } from './texts.ts';

/** Long enough to look at what came, and to reach for the button. */
const NOTICE_MS = 30_000;

const ACTIONS: Readonly<Record<SeriesChangeDto['action'], string>> = texts.undoActions;

async function undo({ symbol, timeframe }: Pick<SeriesDto, 'symbol' | 'timeframe'>): Promise<void> {
  const done = await attempt(() => call('market.undo', { symbol, timeframe }));
  if (done === undefined) return;
  await loadWorkspace(['series']);
  const now = done.series === null ? texts.itIsNotStored : texts.barAgain({ bars: done.series.bars });
  const older =
    done.left.length === 0
      ? texts.nothingOlderOfItCan
      : texts.olderChangeOfItCan({ olderChanges: done.left.length });
  notify(
    texts.symbolTimeframe({ symbol, timeframe, action: ACTIONS[done.undone.action] }),
    `${now} ${older}`,
  );
}

/** Says what came in, and leads on: to a grid with it, or back. */
export function notifyImported(title: string, message: string, series: readonly SeriesDto[]): void {
  const id = notifications.show({
    title,
    message: (
      <>
        <div>{message}</div>
        <Group mt="xs" gap="xs">
          <Button
            size="xs"
            onClick={() => {
              notifications.hide(id);
              buildGridWith(series);
            }}
          >
            {texts.buildGridWithIt}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            onClick={async () => {
              notifications.hide(id);
              for (const one of series) await undo(one);
            }}
          >
            {texts.undo}
          </Button>
        </Group>
      </>
    ),
    color: 'green',
    withBorder: true,
    autoClose: NOTICE_MS,
  });
}

/** Takes back the newest change of any series; nothing where there is none. */
export function UndoButton() {
  const { data: changes = [] } = useCall('market.changes', {});
  const [last] = changes;
  if (last === undefined) return null;
  const { symbol, timeframe, action, source, at } = last;
  const what = texts.actionOfSource({ action: ACTIONS[action], source: source ?? `${symbol} ${timeframe}` });
  return (
    <Button
      variant="default"
      size="xs"
      maw="100%"
      leftSection={<IconArrowBackUp size={14} aria-hidden />}
      title={`${what}, ${formatTime(at)}`}
      onClick={() => void undo(last)}
    >
      {texts.undoOf({ action: ACTIONS[action], symbol, timeframe })}
    </Button>
  );
}
