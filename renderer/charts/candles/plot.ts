import {
  CandlestickSeries,
  createChart,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type UTCTimestamp,
} from 'lightweight-charts';
import { formatTime } from '../../ui/format.ts';
import { barFrom, type CandleBars, type CandleSpan, type PlacedTrade } from './candle-data.ts';
import type { CanvasColors } from './colors.ts';
import {
  type BarsInView,
  candlesAt,
  firstView,
  type Level,
  levelFor,
  toBar,
  toPoint,
  valuesAt,
} from './levels.ts';
import { RegimeGround } from './regime-ground.ts';
import { TradeWays } from './trade-ways.ts';
import { wallSeconds } from './wall-seconds.ts';

/** A line in a pane of its own below the candles. */
export interface PlotPane {
  readonly title: string;
  /** By bar; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly digits: number;
  readonly color: string;
  /** A horizontal line, such as the threshold that a confidence must reach. */
  readonly level?: number;
}

export interface PlotContent {
  readonly bars: CandleBars;
  readonly digits: number;
  readonly label: readonly number[];
  readonly regimeColors: readonly string[];
  readonly spans: readonly CandleSpan[];
  readonly trades: readonly PlacedTrade[];
  readonly chosen: number | undefined;
  /** Always the same ones, in the same order. */
  readonly panes: readonly PlotPane[];
}

/** A chart of candles that stands in the page, to be told what it shows and where it looks. */
export interface CandlePlot {
  show(content: PlotContent): void;
  view(): BarsInView | undefined;
  look(bars: BarsInView): void;
  remove(): void;
}

interface PlotListeners {
  /** The pointer is at this bar, in the left half of the chart or not; undefined: at none. */
  onPoint(bar: number | undefined, isLeft: boolean): void;
  onView(bars: BarsInView): void;
}

/** Pixels of a point, at the least: what is in sight at the most fits a small window. */
const LEAST_SPACING = 0.05;

export function candlePlot(element: HTMLElement, colors: CanvasColors, listeners: PlotListeners): CandlePlot {
  /** By the point that stands for it. */
  const instants = new Map<number, number>();
  const chart = createChart(
    element,
    chartOptions(colors, (point) => formatTime(instants.get(point))),
  );
  const candles = chart.addSeries(CandlestickSeries, {
    upColor: colors.panel,
    downColor: colors.text,
    borderUpColor: colors.text,
    borderDownColor: colors.text,
    wickUpColor: colors.text,
    wickDownColor: colors.text,
    priceLineVisible: false,
  });
  const lines: ISeriesApi<'Line'>[] = [];
  let content: PlotContent | undefined;
  let level: Level = { step: 1, first: 0, points: 0 };
  /** While the points are exchanged, what is in sight is of neither. */
  let isSetting = false;
  let frame: number | undefined;
  const now = () => level;
  const ground = new RegimeGround(colors, now);
  const ways = new TradeWays(colors, now);
  chart.panes()[0]!.attachPrimitive(ground);
  candles.attachPrimitive(ways as never);
  const scale = chart.timeScale();

  const view = (): BarsInView | undefined => {
    const range = scale.getVisibleLogicalRange();
    return range === null ? undefined : { from: toBar(level, range.from), to: toBar(level, range.to) };
  };

  /** Gives the chart its points. */
  function set({ bars, digits, panes }: PlotContent, next: Level): void {
    level = next;
    candles.applyOptions({ priceFormat: { type: 'price', precision: digits, minMove: 10 ** -digits } });
    const shown = candlesAt(level, bars);
    const walls = wallSeconds(
      shown.map(({ time }) => time),
      instants,
    );
    const points = shown.map((point, i) => ({ ...point, time: walls[i]! }));
    candles.setData(points);
    panes.forEach((pane, i) => {
      lines[i] ??= addPane(chart, pane, i + 1, colors);
      lines[i].setData(lineData(points, valuesAt(level, pane.values)));
    });
  }

  /** Looks at these bars, with the points that are right for so many. */
  function look(bars: BarsInView, isNew = false): void {
    if (content === undefined) return;
    isSetting = true;
    const next = levelFor(content.bars.time.length, bars, isNew ? undefined : level);
    if (isNew || next !== level) set(content, next);
    scale.setVisibleLogicalRange({ from: toPoint(level, bars.from), to: toPoint(level, bars.to) });
    isSetting = false;
    listeners.onView(bars);
  }

  scale.subscribeVisibleLogicalRangeChange(() => {
    const bars = view();
    if (isSetting || content === undefined || bars === undefined) return;
    listeners.onView(bars);
    if (levelFor(content.bars.time.length, bars, level) === level || frame !== undefined) return;
    // Not within what the library does at the moment.
    frame = requestAnimationFrame(() => {
      frame = undefined;
      const at = view();
      if (at !== undefined) look(at);
    });
  });
  chart.subscribeCrosshairMove(({ logical, point }) => {
    const isLeft = point !== undefined && point.x < scale.width() / 2;
    const isOff = point === undefined || logical === undefined;
    listeners.onPoint(isOff ? undefined : Math.round(toBar(level, logical)), isLeft);
  });

  return {
    show(next) {
      const before = content;
      content = next;
      if (next.bars !== before?.bars) {
        // Bars that came before the first move all others: the same ones stay in sight.
        const moved = before === undefined ? 0 : barFrom(next.bars.time, before.bars.time[0] ?? 0);
        const at = before === undefined ? undefined : view();
        look(
          at === undefined ? firstView(next.bars.time.length) : { from: at.from + moved, to: at.to + moved },
          true,
        );
      }
      ground.show({ time: next.bars.time, ...next });
      ways.show(next.trades, next.chosen);
    },
    view,
    look,
    remove() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      chart.remove();
    },
  };
}

function chartOptions(colors: CanvasColors, timeText: (point: number) => string) {
  return {
    autoSize: true,
    layout: {
      background: { color: 'transparent' },
      textColor: colors.dimmed,
      fontSize: 12,
      fontFamily: colors.font,
      // Who made it is said in words below, with the same link.
      attributionLogo: false,
      panes: { separatorColor: colors.line, separatorHoverColor: colors.lineStrong },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: colors.line } },
    rightPriceScale: { borderColor: colors.lineStrong, minimumWidth: 64 },
    timeScale: {
      borderColor: colors.lineStrong,
      timeVisible: true,
      secondsVisible: false,
      minBarSpacing: LEAST_SPACING,
      rightOffset: 2,
    },
    crosshair: { mode: 0, vertLine: { color: colors.dimmed }, horzLine: { color: colors.dimmed } },
    localization: {
      locale: 'en',
      timeFormatter: (time: unknown) => timeText(time as number),
    },
  };
}

/** Height of a pane below the candles, as a share of theirs. */
const PANE_SHARE = 0.3;

function addPane(chart: IChartApi, pane: PlotPane, index: number, colors: CanvasColors): ISeriesApi<'Line'> {
  const line = chart.addSeries(
    LineSeries,
    {
      color: colors.of(pane.color),
      lineWidth: 1,
      title: pane.title,
      priceLineVisible: false,
      lastValueVisible: false,
      priceFormat: { type: 'price', precision: pane.digits, minMove: 10 ** -pane.digits },
    },
    index,
  );
  chart.panes()[index]?.setStretchFactor(PANE_SHARE);
  if (pane.level !== undefined) {
    line.createPriceLine({
      price: pane.level,
      color: colors.dimmed,
      lineWidth: 1,
      lineStyle: LineStyle.Dashed,
      axisLabelVisible: false,
      title: '',
    });
  }
  return line;
}

type Point = { readonly time: UTCTimestamp };

function lineData(points: readonly Point[], values: readonly (number | null)[]) {
  return points.map(({ time }, i) => {
    const value = values[i];
    return value === null || value === undefined ? { time } : { time, value };
  });
}
