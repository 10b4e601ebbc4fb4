import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * `npm run test:crash`: more kills and flipped bits than `npm test` has time for. `-- --repeat 10` runs all of it ten times in a row and
 * ends with the first failure; whatever else is given goes to vitest, such as a file's name.
 */
const { values, positionals } = parseArgs({
  options: { repeat: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const times = Number(values.repeat);
if (!Number.isInteger(times) || times < 1) {
  process.stderr.write(`error: --repeat: expected a whole number from 1, found ${values.repeat}.\n`);
  process.exit(3);
}
const root = fileURLToPath(new URL('..', import.meta.url));
for (let time = 1; time <= times; time++) {
  if (times > 1) process.stderr.write(`\nRun ${time} of ${times}\n`);
  const { status } = spawnSync(
    'npx',
    ['vitest', 'run', '--config', 'e2e/crash/vitest.config.ts', ...positionals],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
