import { expect, it } from 'vitest';
import { adviceOfJob, adviceOfRun } from './advice.ts';

const RUN = {
  status: 'completed',
  leftOut: null,
  rankIc: 0.05,
  stake: { roi: 0.1 },
  trades: 80,
  sharpe: 1.2,
  strategies: [],
  horizon: 6,
} as unknown as Parameters<typeof adviceOfRun>[0];
const classes = (rocAuc: number, rocAucError: number) =>
  ({ side: 'both', rankIc: 0.05, classes: { rocAuc, rocAucError } }) as never;
const findings = (changes: object) =>
  adviceOfRun({ ...RUN, ...changes } as typeof RUN).map(({ finding }) => finding);

it.each([
  [{}, []],
  [{ status: 'failed', rankIc: 0, trades: 1 }, []],
  [{ leftOut: [classes(0.56, 0.02)] }, []],
  [{ leftOut: [classes(0.54, 0.02)] }, ['low_auc']],
  [{ leftOut: [classes(0.54, 0.02)], sharpe: -1 }, ['low_auc']],
  [{ rankIc: 0.029 }, ['low_rank_correlation']],
  [{ rankIc: null }, []],
  [{ sharpe: -0.5 }, ['left_out_not_paid']],
  [{ sharpe: -0.5, rankIc: null }, []],
  [{ stake: { roi: -0.01 } }, ['negative_roi']],
  [{ stake: { roi: null } }, []],
  [{ trades: 29 }, ['few_trades']],
  [{ trades: 30 }, []],
])('of a run with %o it advises on %j', (changes, wanted) => {
  expect(findings(changes)).toEqual(wanted);
});

it('names the side whose model tells nothing apart', () => {
  const short = { ...(classes(0.5, 0.03) as object), side: 'short' };
  const [advice] = adviceOfRun({ ...RUN, leftOut: [short as never] });
  expect(advice?.text).toBe(
    "The ROC AUC of its SHORT model is 0.50 ± 0.03 on what its members left out: not above a coin's 0.5 by two errors.",
  );
});

const JOB = {
  kind: 'grid',
  state: 'completed',
  message: null,
  completed: 10,
  failed: 0,
  kept: 2,
  pending: 0,
  seconds: 100,
} as const;

it.each([
  [{}, []],
  [{ kept: 0 }, ['nothing_kept']],
  [{ kept: 0, kind: 'walk_forward' as const }, []],
  [{ kept: 0, completed: 0 }, []],
  [{ state: 'running' as const, pending: 4000 }, []],
  [{ state: 'running' as const, pending: 5000 }, ['slow_job']],
  [{ state: 'running' as const, pending: 5000, completed: 0 }, []],
  [
    {
      state: 'paused' as const,
      message:
        'Only 12 MB are free on the disk of /w; storage.min_free_mb asks for 500. Make room, then resume.',
    },
    ['full_disk'],
  ],
])('of a job with %o it advises on %j', (changes, wanted) => {
  expect(adviceOfJob({ ...JOB, ...changes }).map(({ finding }) => finding)).toEqual(wanted);
});
