import { execFileSync } from 'node:child_process';

/** Debian's python3-xgboost; anything else on the machine may shadow it in PATH. */
const PYTHON = '/usr/bin/python3';

/** Whether all of these modules are there. */
export function pythonHas(...modules: readonly string[]): boolean {
  try {
    python(`import ${modules.join(', ')}`);
    return true;
  } catch {
    return false;
  }
}

export const hasXgboost = (): boolean => pythonHas('xgboost');

/** What a script prints. */
export function python(script: string): string {
  return execFileSync(PYTHON, ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
