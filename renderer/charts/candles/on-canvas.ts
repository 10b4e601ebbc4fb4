import type { IChartApi, Logical } from 'lightweight-charts';

interface Scope {
  readonly context: CanvasRenderingContext2D;
  readonly mediaSize: { readonly width: number; readonly height: number };
}

/** As much of the library's drawing target as is used here. */
export interface Target {
  useMediaCoordinateSpace<T>(draw: (scope: Scope) => T): T;
}

/** Draws in pixels of the page, whatever the screen has. */
export function onCanvas(target: Target, draw: (scope: Scope) => void): void {
  // biome-ignore lint/correctness/useHookAtTopLevel: the library's name for it only looks like that of a hook.
  target.useMediaCoordinateSpace(draw);
}

type Scale = ReturnType<IChartApi['timeScale']>;

/**
 * Pixels at which a place among the points lies, fractions included: the library knows whole ones alone. Asked for once a drawing, since
 * there are thousands of places in it.
 */
export function pixelsOf(scale: Scale): (point: number) => number {
  const zero = scale.logicalToCoordinate(0 as Logical) ?? 0;
  const { barSpacing } = scale.options();
  return (point) => zero + point * barSpacing;
}
