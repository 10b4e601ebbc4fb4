import { execFileSync, spawnSync } from 'node:child_process';

/** Whether there is a C++ compiler, which `npm run peers` installs on a Debian. */
export function hasCompiler(): boolean {
  return spawnSync('g++', ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * Whether tests can compile; where REGIMEN_REQUIRE_PEERS is set they have to.
 * @throws Error where they have to, and there is no compiler
 */
export function canCompile(): boolean {
  const can = hasCompiler();
  if (!can && process.env.REGIMEN_REQUIRE_PEERS) {
    throw new Error('g++ is not there, and REGIMEN_REQUIRE_PEERS is set: npm run peers installs it.');
  }
  return can;
}

/**
 * Compiles a program of C++17 without the optimizations that change bits, quickly rather than well; with `-O1` for one that runs for long.
 * @throws Error with what g++ says
 */
export function compile(
  source: string,
  program: string,
  includes: readonly string[],
  optimization: '-O0' | '-O1' = '-O0',
): void {
  const folders = includes.flatMap((folder) => ['-I', folder]);
  const strict = ['-Wall', '-Wextra', '-Werror', '-Wno-unused-parameter', '-Wno-unused-function'];
  execFileSync(
    'g++',
    ['-std=c++17', optimization, '-ffp-contract=off', ...strict, ...folders, '-o', program, source],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}
