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
