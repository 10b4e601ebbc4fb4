import { spawn } from 'node:child_process';
import { hasDisplay } from '../host/display.ts';

/** Program and arguments that open a link in the default browser; every process of this machine can read them. */
export function openCommand(link: string, platform = process.platform): readonly [string, readonly string[]] {
  if (platform === 'darwin') return ['open', [link]];
  // Not `start`, which is a command of the shell and would read the link's `&`.
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', link]];
  return ['xdg-open', [link]];
}

/** Opens a link in the default browser where there is one; the link was printed, so that a failure needs no words. */
export function openInBrowser(link: string): void {
  if (!hasDisplay()) return;
  const [program, args] = openCommand(link);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
