import { createEngine } from '../../engine/app.ts';
import type { RawInput } from '../../engine/contract/api/index.ts';

/**
 * A command that trains for production, as `production train` does. It prints each step of what it commits, and, at its end, what it came
 * to; REGIMEN_KILL_AT=5 kills it right after the fifth.
 */
export interface TrainOrder {
  readonly workspace: string;
  readonly asked: RawInput<'production.train'>;
}

const { workspace, asked } = JSON.parse(process.argv[2]!) as TrainOrder;
let left = Number(process.env.REGIMEN_KILL_AT ?? 'NaN');
const steps: string[] = [];
const engine = createEngine({
  workspace,
  threads: 1,
  role: 'command',
  onCommitStep(step) {
    steps.push(step);
    if (--left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
const { results } = await engine.call('production.train', asked);
await engine.close();
process.stdout.write(`${JSON.stringify({ steps, results })}\n`);
