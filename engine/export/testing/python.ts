import { execFileSync } from 'node:child_process';

/** Debian's python3-xgboost; anything else on the machine may shadow it in PATH. */
const PYTHON = '/usr/bin/python3';

export function hasXgboost(): boolean {
  try {
    python('import xgboost');
    return true;
  } catch {
    return false;
  }
}

/** What a script prints. */
export function python(script: string): string {
  return execFileSync(PYTHON, ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
