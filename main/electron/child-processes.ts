import { app, type Details } from 'electron';
import type { Engine } from '../../engine/app.ts';
import { createBound } from './bounded.ts';

/** Electron starts such a process again by itself; that it ends more often than this within the span is worth a word. */
const USUAL_ENDS = 2;
const WITHIN_MS = 10 * 60_000;

/** How a process ends that was not wanted any more. */
const WANTED: ReadonlySet<Details['reason']> = new Set(['clean-exit', 'killed']);

/** Logs the end of Electron's helper processes (graphics, network); says what to do when one ends again and again. */
export function watchChildProcesses(
  engine: Pick<Engine, 'report'>,
  reports: string,
  now: () => number,
): void {
  const isUsual = new Map<Details['type'], () => boolean>();
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (WANTED.has(reason)) return;
    const usual = isUsual.get(type) ?? createBound(USUAL_ENDS, WITHIN_MS, now);
    isUsual.set(type, usual);
    const process = name === undefined ? type : `${type}, ${name}`;
    const fields = {
      source: 'electron/child-processes:watchChildProcesses',
      type,
      reason,
      exitCode,
    } as const;
    const happened = `A helper process of the window ended (${process}): ${reason} (${exitCode}).`;
    if (usual()) engine.report('warn', `${happened} It is started again; training goes on.`, fields);
    else engine.report('error', `${happened} ${adviceFor(type)} Crash reports: ${reports}`, fields);
  });
}

function adviceFor(type: Details['type']): string {
  return type === 'GPU'
    ? 'It ends again and again: update the graphics driver, or start Regimen with --disable-gpu. Training goes on.'
    : 'It ends again and again: start Regimen anew when what is in training is paused.';
}
