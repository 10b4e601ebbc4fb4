import {
  CandlestickSeries,
  createChart,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type UTCTimestamp,
} from 'lightweight-charts';
import { formatBarTime } from '../time-ticks.ts';
import type { CandleBars, CandleSpan, PlacedTrade } from './candle-data.ts';
import type { CanvasColors } from './colors.ts';
import { RegimeGround } from './regime-ground.ts';
import { TradeWays } from './trade-ways.ts';

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

/** Bars from `from` to `to`; fractions of a bar and places beyond the data are allowed. */
export interface BarsInView {
  readonly from: number;
  readonly to: number;
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

/** Pixels of a bar, at the least: a hundred thousand bars fit a window. */
const LEAST_SPACING = 0.005;

export function candlePlot(element: HTMLElement, colors: CanvasColors, listeners: PlotListeners): CandlePlot {
  const chart = createChart(element, chartOptions(colors));
  const candles = chart.addSeries(CandlestickSeries, {
    upColor: colors.panel,
    downColor: colors.text,
    borderUpColor: colors.text,
    borderDownColor: colors.text,
    wickUpColor: colors.text,
    wickDownColor: colors.text,
    priceLineVisible: false,
  });
  const ground = new RegimeGround(colors);
  const ways = new TradeWays(colors);
  chart.panes()[0]!.attachPrimitive(ground);
  candles.attachPrimitive(ways as never);
  const lines: ISeriesApi<'Line'>[] = [];
  let shown: CandleBars | undefined;
  const scale = chart.timeScale();
  scale.subscribeVisibleLogicalRangeChange((range) => {
    if (range !== null) listeners.onView(range);
  });
  chart.subscribeCrosshairMove(({ logical, point }) => {
    const isLeft = point !== undefined && point.x < scale.width() / 2;
    listeners.onPoint(point === undefined || logical === undefined ? undefined : Math.round(logical), isLeft);
  });

  return {
    show({ bars, digits, label, regimeColors, spans, trades, chosen, panes }) {
      if (bars !== shown) {
        candles.applyOptions({
          priceFormat: { type: 'price', precision: digits, minMove: 10 ** -digits },
        });
        candles.setData(candleData(bars));
        panes.forEach((pane, i) => {
          lines[i] ??= addPane(chart, pane, i + 1, colors);
          lines[i].setData(lineData(bars, pane.values));
        });
        shown = bars;
      }
      ground.show({ time: bars.time, label, regimeColors, spans });
      ways.show(trades, chosen);
    },
    view: () => scale.getVisibleLogicalRange() ?? undefined,
    look: (bars) => scale.setVisibleLogicalRange(bars),
    remove: () => chart.remove(),
  };
}

function chartOptions(colors: CanvasColors) {
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
      enableConflation: true,
      precomputeConflationOnInit: true,
      rightOffset: 2,
    },
    crosshair: { mode: 0, vertLine: { color: colors.dimmed }, horzLine: { color: colors.dimmed } },
    localization: {
      locale: 'en',
      timeFormatter: (time: unknown) => formatBarTime(1000 * (time as number)),
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

const seconds = (ms: number) => (ms / 1000) as UTCTimestamp;

function candleData({ time, open, high, low, close }: CandleBars) {
  return time.map((at, i) => ({
    time: seconds(at),
    open: open[i]!,
    high: high[i]!,
    low: low[i]!,
    close: close[i]!,
  }));
}

function lineData({ time }: CandleBars, values: readonly (number | null)[]) {
  return time.map((at, i) => {
    const value = values[i];
    return value === null || value === undefined ? { time: seconds(at) } : { time: seconds(at), value };
  });
}
