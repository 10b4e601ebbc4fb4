import { spawnSync } from 'node:child_process';
import { installDebian, isDebianRoot } from './debian.ts';

/** Whether a redis-server that tests can start is there by now: installed where that can be done without asking. */
export function findRedis(): boolean {
  const isThere = () => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!isThere() && isDebianRoot()) installDebian('redis-server');
  return isThere();
}
