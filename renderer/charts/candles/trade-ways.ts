import type {
  IChartApi,
  ISeriesApi,
  ISeriesPrimitive,
  SeriesAttachedParameter,
  Time,
} from 'lightweight-charts';
import { formatPercent } from '../../ui/format.ts';
import type { PlacedTrade } from './candle-data.ts';
import type { CanvasColors } from './colors.ts';
import { type Level, toBar, toPoint } from './levels.ts';
import { onCanvas, pixelsOf, type Target } from './on-canvas.ts';

/** Pixels of a bar from which on a trade's result is written at its exit, and its stop and target are drawn. */
const ROOM_FOR_RESULT = 5;
/** Trades in sight up to which each gets its arrows; beyond them there are lines alone. */
const MOST_ARROWS = 400;
const ARROW = 6;

type Point = (bar: number, price: number) => readonly [x: number, y: number] | undefined;

/** Trades as arrows at entry and exit, joined by a line in the color of what they came to. */
export class TradeWays implements ISeriesPrimitive<Time> {
  private chart: IChartApi | undefined;
  private series: ISeriesApi<'Candlestick'> | undefined;
  private update: () => void = () => undefined;
  private trades: readonly PlacedTrade[] = [];
  private chosen: number | undefined;
  /** No trade is held longer, bars. */
  private longest = 0;
  private readonly colors: CanvasColors;
  private readonly level: () => Level;

  constructor(colors: CanvasColors, level: () => Level) {
    this.colors = colors;
    this.level = level;
  }

  attached({ chart, series, requestUpdate }: SeriesAttachedParameter<Time, 'Candlestick'>): void {
    this.chart = chart as IChartApi;
    this.series = series;
    this.update = requestUpdate;
  }

  /** @param trades in the order of entry */
  show(trades: readonly PlacedTrade[], chosen: number | undefined): void {
    this.trades = trades;
    this.chosen = chosen;
    this.longest = trades.reduce((most, { entry, exit }) => Math.max(most, exit - entry), 0);
    this.update();
  }

  paneViews() {
    return [{ zOrder: () => 'top' as const, renderer: () => ({ draw: this.draw }) }];
  }

  /** Those that are held on some of these bars. */
  between(from: number, to: number): readonly PlacedTrade[] {
    let first = 0;
    let end = this.trades.length;
    while (first < end) {
      const middle = (first + end) >> 1;
      if (this.trades[middle]!.entry < from - this.longest) first = middle + 1;
      else end = middle;
    }
    const found: PlacedTrade[] = [];
    for (let i = first; i < this.trades.length && this.trades[i]!.entry <= to; i++) {
      if (this.trades[i]!.exit >= from) found.push(this.trades[i]!);
    }
    return found;
  }

  private readonly draw = (target: Target) => {
    const scale = this.chart?.timeScale();
    const visible = scale?.getVisibleLogicalRange();
    const { series } = this;
    if (scale === undefined || series === undefined || visible === undefined || visible === null) return;
    const level = this.level();
    const shown = this.between(toBar(level, visible.from), toBar(level, visible.to));
    if (shown.length === 0) return;
    const spacing = scale.options().barSpacing / level.step;
    const pixels = pixelsOf(scale);
    const point: Point = (bar, price) => {
      const x = pixels(toPoint(level, bar));
      const y = series.priceToCoordinate(price);
      return y === null ? undefined : [x, y];
    };
    onCanvas(target, ({ context }) => {
      for (const trade of shown) {
        const chosen = trade.number === this.chosen;
        if (chosen || spacing >= ROOM_FOR_RESULT) this.drawLevels(context, trade, point);
        this.drawWay(context, trade, point, { chosen, arrows: chosen || shown.length <= MOST_ARROWS });
        if (chosen || spacing >= ROOM_FOR_RESULT) this.drawResult(context, trade, point);
      }
    });
  };

  private drawLevels(context: CanvasRenderingContext2D, trade: PlacedTrade, point: Point): void {
    const levels = [
      [trade.stop, this.colors.loss],
      [trade.takeProfit, this.colors.gain],
    ] as const;
    for (const [price, color] of levels) {
      const from = price === null ? undefined : point(trade.entry, price);
      const to = price === null ? undefined : point(Math.max(trade.exit, trade.entry + 1), price);
      if (from === undefined || to === undefined) continue;
      context.strokeStyle = color;
      context.lineWidth = 1;
      context.setLineDash([2, 2]);
      line(context, from, to);
      context.setLineDash([]);
    }
  }

  private drawWay(
    context: CanvasRenderingContext2D,
    { entry, exit, entryPrice, exitPrice, netPercent, side, holdout }: PlacedTrade,
    point: Point,
    { chosen, arrows }: { readonly chosen: boolean; readonly arrows: boolean },
  ): void {
    const from = point(entry, entryPrice);
    const to = point(exit, exitPrice);
    if (from === undefined || to === undefined) return;
    const color = netPercent >= 0 ? this.colors.gain : this.colors.loss;
    context.strokeStyle = color;
    context.fillStyle = holdout ? this.colors.panel : color;
    context.lineWidth = chosen ? 3 : 1.5;
    line(context, from, to);
    if (!arrows) return;
    context.lineWidth = chosen ? 2 : 1;
    const up = side === 'long' ? 1 : -1;
    arrow(context, from, up);
    arrow(context, to, -up);
  }

  private drawResult(context: CanvasRenderingContext2D, trade: PlacedTrade, point: Point): void {
    const at = point(trade.exit, trade.exitPrice);
    if (at === undefined) return;
    context.font = `11px ${this.colors.font}`;
    context.textBaseline = 'middle';
    const text = `${trade.netPercent > 0 ? '+' : ''}${formatPercent(trade.netPercent / 100, 2)}`;
    // On a ground of its own: candles lie behind.
    context.globalAlpha = 0.85;
    context.fillStyle = this.colors.panel;
    context.fillRect(at[0] + 8, at[1] - 8, context.measureText(text).width + 6, 16);
    context.globalAlpha = 1;
    context.fillStyle = trade.netPercent >= 0 ? this.colors.gain : this.colors.loss;
    context.fillText(text, at[0] + 11, at[1]);
  }
}

function line(
  context: CanvasRenderingContext2D,
  from: readonly [number, number],
  to: readonly [number, number],
) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** Its tip at the price; `up` 1 points upwards and stands below it, -1 the other way round. */
function arrow(context: CanvasRenderingContext2D, [x, y]: readonly [number, number], up: number): void {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - ARROW * 0.7, y + up * ARROW * 1.4);
  context.lineTo(x + ARROW * 0.7, y + up * ARROW * 1.4);
  context.closePath();
  context.fill();
  context.stroke();
}
