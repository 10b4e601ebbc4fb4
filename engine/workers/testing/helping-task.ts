import { appendFileSync } from 'node:fs';
import runBatchTask, { fitMember as fitReally } from '../task.ts';

export { readCandles, resample } from '../task.ts';
export default runBatchTask;

/** Writes to the file named by REGIMEN_TEST_MARKER which member was fitted; with REGIMEN_TEST_LOST set, the thread is lost then. */
export function fitMember(job: Parameters<typeof fitReally>[0]): ReturnType<typeof fitReally> {
  const fitted = fitReally(job);
  if (fitted !== undefined) appendFileSync(process.env.REGIMEN_TEST_MARKER!, `${fitted.member}\n`);
  if (process.env.REGIMEN_TEST_LOST) process.exit(7);
  return fitted;
}
