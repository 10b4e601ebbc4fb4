import { Switch } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type FeedEntry, useQueues } from '../state/index.ts';
import { formatClock, formatTime, Panel, zoneLabel } from '../ui/index.ts';
import classes from './queue.module.css';
import { texts } from './texts/jobs.ts';

const ROW_PX = 22;

/** The live log, newest at the bottom; stays there until it is scrolled up. */
export function LiveLog({ queueIds }: { readonly queueIds: readonly number[] }) {
  const feed = useQueues((state) => state.feed);
  const [all, setAll] = useState(false);
  const own = queueIds.join(' ');
  const lines = useMemo(
    () =>
      all ? feed : feed.filter(({ queueId }) => queueId === null || own.split(' ').includes(String(queueId))),
    [feed, all, own],
  );
  return (
    <Panel
      title={texts.liveLog}
      note={texts.timesIn({ zone: zoneLabel() })}
      flush
      actions={
        <Switch
          size="xs"
          label={texts.allQueues}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      }
    >
      <LogLines lines={lines} />
    </Panel>
  );
}

function LogLines({ lines }: { readonly lines: readonly FeedEntry[] }) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => lines[index]!.key,
    overscan: 8,
  });

  const newest = lines.at(-1)?.key;
  useEffect(() => {
    if (newest !== undefined && follows.current && box.current !== null)
      box.current.scrollTop = box.current.scrollHeight;
  }, [newest]);

  const onScroll = () => {
    const { scrollTop, clientHeight, scrollHeight } = box.current!;
    follows.current = scrollTop + clientHeight >= scrollHeight - ROW_PX;
  };

  return (
    <div
      ref={box}
      className={classes.log}
      onScroll={onScroll}
      role="log"
      aria-label={texts.liveLog}
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      {lines.length === 0 ? (
        <p className={classes.quiet}>{texts.eachStepOfTrainingWill}</p>
      ) : (
        <div className={classes.logLines} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const line = lines[row.index]!;
            return (
              <div
                key={row.key}
                className={classes.logLine}
                data-level={line.level}
                style={{ transform: `translateY(${row.start}px)` }}
                title={`${formatTime(line.at)} ${line.message}`}
              >
                <time dateTime={line.at}>{formatClock(line.at)}</time>
                <span>{line.message}</span>
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}
