import { ActionIcon, Tooltip, useComputedColorScheme } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconArrowsHorizontal,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { formatTime } from '../../ui/format.ts';
import { ChartTooltip } from '../chart-tooltip.tsx';
import classes from './candles.module.css';
import { canvasColors } from './colors.ts';
import { type BarsInView, firstView } from './levels.ts';
import type { CandlePlot, PlotContent } from './plot.ts';
import { texts } from './texts.ts';
import { whenNear } from './when-near.ts';

/** Bars to look at; another object means: look again. */
export type PlotLook = BarsInView;

interface CandlePlotBoxProps {
  /** What the picture shows, in words. */
  readonly label: string;
  readonly content: PlotContent;
  /** Where to look; undefined: at the newest bars. */
  readonly look: PlotLook | undefined;
  /** What is said of a bar at the pointer. */
  readonly readout: (bar: number) => readonly (readonly [string, string])[];
  readonly onEarlier: (() => void) | undefined;
}

/** Bars before the first in sight from which on earlier ones are asked for. */
const NEAR_THE_FIRST = 200;

/** A canvas is drawn by the library alone, which is loaded with the first chart of candles. */
export function CandlePlotBox({ label, content, look, readout, onEarlier }: CandlePlotBoxProps) {
  const scheme = useComputedColorScheme('dark');
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<CandlePlot>(undefined);
  const view = useRef<BarsInView>(undefined);
  const newest = useRef({ content, look, onEarlier });
  newest.current = { content, look, onEarlier };
  const [pointed, setPointed] = useState<{ readonly bar: number; readonly isLeft: boolean }>();
  const [failed, setFailed] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: colors are read from the theme when it is drawn anew.
  useEffect(() => {
    let gone = false;
    const element = box.current;
    if (element === null) return;
    if (document.createElement('canvas').getContext('2d') === null) {
      setFailed(true);
      return;
    }
    const forget = whenNear(element, async () => {
      const { candlePlot } = await import('./plot.ts');
      if (gone) return;
      const drawn = candlePlot(element, canvasColors(element), {
        onPoint: (bar, isLeft) => setPointed(bar === undefined ? undefined : { bar, isLeft }),
        onView(bars) {
          const { onEarlier: ask } = newest.current;
          view.current = bars;
          if (bars.from < NEAR_THE_FIRST) ask?.();
        },
      });
      plot.current = drawn;
      drawn.show(newest.current.content);
      drawn.look(view.current ?? newest.current.look ?? firstView(newest.current.content.bars.time.length));
    });
    return () => {
      gone = true;
      forget();
      plot.current?.remove();
      plot.current = undefined;
    };
  }, [scheme]);

  useEffect(() => {
    plot.current?.show(content);
  }, [content]);

  useEffect(() => {
    plot.current?.look(look ?? firstView(newest.current.content.bars.time.length));
  }, [look]);

  // The same ones at each movement of the pointer.
  const tools = useMemo(() => <Tools plot={plot} bars={() => newest.current.content.bars.time.length} />, []);
  // Beyond the first and the last there is nothing to say.
  const at = content.bars.time[pointed?.bar ?? -1];

  return (
    <div className={classes.box}>
      {tools}
      {failed ? <p>{texts.thisBrowserDrawsNoCanvas}</p> : null}
      <div
        ref={box}
        className={classes.plot}
        data-panes={content.panes.length}
        hidden={failed}
        role="img"
        aria-label={label}
      />
      {pointed === undefined || at === undefined ? null : (
        <div className={classes.readout} data-right={pointed.isLeft || undefined}>
          <ChartTooltip title={formatTime(at)} figures={readout(pointed.bar)} />
        </div>
      )}
      <Attribution />
    </div>
  );
}

interface ToolsProps {
  readonly plot: React.RefObject<CandlePlot | undefined>;
  /** How many there are. */
  bars(): number;
}

function Tools({ plot, bars }: ToolsProps) {
  const change = (how: (view: BarsInView) => BarsInView) => {
    const view = plot.current?.view();
    if (view !== undefined) plot.current?.look(how(view));
  };
  const zoom = (factor: number) =>
    change(({ from, to }) => {
      const middle = (from + to) / 2;
      const half = Math.max(5, ((to - from) / 2) * factor);
      return { from: middle - half, to: middle + half };
    });
  const move = (share: number) =>
    change(({ from, to }) => ({ from: from + share * (to - from), to: to + share * (to - from) }));
  return (
    <div className={classes.tools}>
      <Tool label={texts.earlierBars} icon={IconArrowLeft} onClick={() => move(-0.5)} />
      <Tool label={texts.laterBars} icon={IconArrowRight} onClick={() => move(0.5)} />
      <Tool label={texts.zoomIn} icon={IconZoomIn} onClick={() => zoom(0.5)} />
      <Tool label={texts.zoomOut} icon={IconZoomOut} onClick={() => zoom(2)} />
      <Tool
        label={texts.allBars}
        icon={IconArrowsHorizontal}
        onClick={() => change(() => ({ from: -1, to: bars() + 1 }))}
      />
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly icon: typeof IconArrowLeft;
  onClick(): void;
}

function Tool({ label, icon: Icon, onClick }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={24} aria-label={label} onClick={onClick}>
        <Icon size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Asked for by the library's license: its notice, and a link to who made it. */
function Attribution() {
  return (
    <p className={classes.attribution}>
      {texts.tradingViewLightweightChartsCopyright2026({
        link: (words) => (
          <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
            {words}
          </a>
        ),
      })}
    </p>
  );
}
