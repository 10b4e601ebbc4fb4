import type { IChartApi, IPanePrimitive, PaneAttachedParameter, Time } from 'lightweight-charts';
import { barFrom, type CandleSpan, firstBehind, type LabelStretch, stretches } from './candle-data.ts';
import type { CanvasColors } from './colors.ts';
import { onCanvas, type Target } from './on-canvas.ts';

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

  constructor(colors: CanvasColors) {
    this.colors = colors;
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
      const half = scale.options().barSpacing / 2;
      const edge = (bar: number) => (scale.logicalToCoordinate(bar as never) ?? 0) - half;
      let filled = Number.NEGATIVE_INFINITY;
      context.globalAlpha = 0.16;
      for (let i = firstBehind(this.regimes, visible.from); i < this.regimes.length; i++) {
        const { label, from, to } = this.regimes[i]!;
        if (from > visible.to) break;
        const left = edge(from);
        // What ends within the pixel that was filled last is not seen: a screen has a thousand of them, not a bar's width each.
        if (edge(to) <= filled) continue;
        context.fillStyle = this.colorsOfRegimes[label] ?? 'transparent';
        context.fillRect(left, 0, Math.max(1, edge(to) - left), mediaSize.height);
        filled = Math.max(left + 1, edge(to));
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
