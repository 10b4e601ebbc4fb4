import type { IChartApi, IPanePrimitive, PaneAttachedParameter, Time } from 'lightweight-charts';
import { barFrom, type CandleSpan, firstBehind, type LabelStretch, stretches } from './candle-data.ts';
import type { CanvasColors } from './colors.ts';
import { type Level, toBar } from './levels.ts';
import { onCanvas, pixelsOf, type Target } from './on-canvas.ts';

/** What stands behind the bars. */
export interface Ground {
  readonly time: readonly number[];
  /** Regime of each bar, and a color of each regime; without bars: none is drawn. */
  readonly label: readonly number[];
  readonly regimeColors: readonly string[];
  readonly spans: readonly CandleSpan[];
}

interface PlacedSpan extends CandleSpan {
  readonly first: number;
  readonly last: number;
}

/** Regimes as a ground, and named stretches of time as a line at the top with their name. */
export class RegimeGround implements IPanePrimitive<Time> {
  private chart: IChartApi | undefined;
  private update: () => void = () => undefined;
  private regimes: readonly LabelStretch[] = [];
  private colorsOfRegimes: readonly string[] = [];
  private spans: readonly PlacedSpan[] = [];
  private readonly colors: CanvasColors;
  private readonly level: () => Level;

  constructor(colors: CanvasColors, level: () => Level) {
    this.colors = colors;
    this.level = level;
  }

  attached({ chart, requestUpdate }: PaneAttachedParameter<Time>): void {
    this.chart = chart as IChartApi;
    this.update = requestUpdate;
  }

  show({ time, label, regimeColors, spans }: Ground): void {
    this.regimes = stretches(label);
    this.colorsOfRegimes = regimeColors;
    this.spans = spans
      .map((span) => ({ ...span, first: barFrom(time, span.from), last: barFrom(time, span.to) }))
      .filter(({ first, last }) => first < last);
    this.update();
  }

  paneViews() {
    return [{ zOrder: () => 'bottom' as const, renderer: () => ({ draw: this.draw }) }];
  }

  private readonly draw = (target: Target) => {
    const scale = this.chart?.timeScale();
    const visible = scale?.getVisibleLogicalRange();
    if (scale === undefined || visible === undefined || visible === null) return;
    onCanvas(target, ({ context, mediaSize }) => {
      const level = this.level();
      const from = toBar(level, visible.from);
      const to = toBar(level, visible.to);
      const pixels = pixelsOf(scale);
      // Where a bar begins: half a bar before its middle.
      const edge = (bar: number) => pixels((bar - level.first) / level.step - 0.5);
      let filled = Number.NEGATIVE_INFINITY;
      context.globalAlpha = 0.16;
      for (let i = firstBehind(this.regimes, from); i < this.regimes.length; i++) {
        const { label, ...stretch } = this.regimes[i]!;
        if (stretch.from > to) break;
        const left = edge(stretch.from);
        const right = edge(stretch.to);
        // What ends within the pixel that was filled last is not seen: a screen has a thousand of them, not a bar's width each.
        if (right <= filled) continue;
        context.fillStyle = this.colorsOfRegimes[label] ?? 'transparent';
        context.fillRect(left, 0, Math.max(1, right - left), mediaSize.height);
        filled = Math.max(left + 1, right);
      }
      context.globalAlpha = 1;
      this.drawSpans(context, mediaSize, edge);
    });
  };

  private drawSpans(
    context: CanvasRenderingContext2D,
    { width, height }: { readonly width: number; readonly height: number },
    edge: (bar: number) => number,
  ): void {
    context.font = `11px ${this.colors.font}`;
    context.textBaseline = 'top';
    for (const { name, first, last, color, isLower = false } of this.spans) {
      const top = isLower ? 22 : 0;
      const left = edge(first);
      const right = edge(last);
      if (right < 0 || left > width) continue;
      context.fillStyle = this.colors.of(color);
      context.fillRect(left, top, right - left, 3);
      context.fillRect(left, top, 1, height - top);
      // The name stays in sight as long as its stretch does.
      const at = Math.max(left, 0) + 5;
      if (at + context.measureText(name).width < Math.min(right, width)) context.fillText(name, at, top + 6);
    }
  }
}
