import { hasCompiler } from '../engine/testing/compiler.ts';
import { installDebian, isDebianRoot } from './debian.ts';
import { findRedis } from './find-redis.ts';
import { makePeers } from './make-peers.ts';

/**
 * `npm run peers`: installs the Python packages that tests and benchmarks compare with, once, outside the project, and a Redis. Prints
 * the interpreter that imports them; exits with 1 and the reason where they can't be had.
 */
try {
  const start = performance.now();
  let made = false;
  const interpreter = makePeers({
    env: process.env,
    install: isDebianRoot() ? installDebian : undefined,
    say: (line) => {
      made = true;
      process.stderr.write(`${line}\n`);
    },
  });
  // What leaves as code is compiled in tests.
  if (!hasCompiler() && isDebianRoot()) installDebian('g++');
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stderr.write(made ? `Test peers: installed in ${seconds} s.\n` : 'Test peers: there already.\n');
  if (!findRedis()) {
    throw new Error('There is no redis-server: install it (on Debian: apt-get install redis-server).');
  }
  process.stdout.write(`${interpreter}\n`);
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
