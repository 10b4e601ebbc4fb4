import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const stateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }),
  maximized: z.boolean(),
});
/** How the window was when it was last closed; `bounds` are those it returns to from being maximized. */
export type WindowState = z.infer<typeof stateSchema>;

export const MIN_SIZE = { width: 900, height: 600 };
const USUAL_SIZE = { width: 1360, height: 860 };
/** So much of the window must be within reach for it to be dragged back. */
const REACHABLE = { width: 160, height: 48 };

/** The remembered state, or undefined when there is none that can be used. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Written before the process ends, and so at once. A folder that can't be written is no reason to keep anyone here. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch {
    // The window opens at its usual place next time.
  }
}

/**
 * Where the window opens: where it was, if its title bar can still be reached there; else in the middle of the first
 * display, the primary one. Never larger than the display's work area.
 */
export function openingBounds(state: WindowState | undefined, workAreas: readonly Bounds[]): Bounds {
  const remembered = state?.bounds;
  const home = remembered === undefined ? undefined : workAreas.find((area) => reaches(remembered, area));
  if (remembered !== undefined && home !== undefined) {
    const { width, height } = limited(remembered, home);
    return { ...remembered, width, height };
  }
  const primary = workAreas[0]!;
  const { width, height } = limited(remembered ?? USUAL_SIZE, primary);
  return {
    x: Math.round(primary.x + (primary.width - width) / 2),
    y: Math.round(primary.y + (primary.height - height) / 2),
    width,
    height,
  };
}

function limited(size: { width: number; height: number }, area: Bounds) {
  return {
    width: Math.min(Math.max(size.width, MIN_SIZE.width), area.width),
    height: Math.min(Math.max(size.height, MIN_SIZE.height), area.height),
  };
}

/** Whether enough of the title bar lies within the area. */
function reaches(bounds: Bounds, area: Bounds): boolean {
  const visible = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return (
    visible >= REACHABLE.width && bounds.y >= area.y && bounds.y <= area.y + area.height - REACHABLE.height
  );
}
