import { counted } from './counted.ts';
import type { LeftOutDto, QueueDto, RunDetailDto } from './dto/index.ts';
import { decimalText, percentText } from './number-text.ts';

/** What a result is a sign of, and what to change first about it. */
export interface Advice {
  readonly finding:
    | 'low_auc'
    | 'low_rank_correlation'
    | 'left_out_not_paid'
    | 'negative_roi'
    | 'few_trades'
    | 'nothing_kept'
    | 'slow_job'
    | 'full_disk';
  /** What was found, with its figures: one sentence. */
  readonly text: string;
  /** What to change, the first thing first. */
  readonly change: string;
}

/** Under these many trades a Sharpe ratio says next to nothing: what verdicts ask for, too. */
const FEW_TRADES = 30;
/** What the gate asks of rank correlations (docs/definitions.md, criteria). */
const LEAST_RANK_CORRELATION = 0.03;
/** A job that goes on for longer than a night. */
const SLOW_HOURS = 12;

type AdvisedRun = Pick<
  RunDetailDto,
  'status' | 'leftOut' | 'rankIc' | 'stake' | 'trades' | 'sharpe' | 'strategies' | 'horizon'
>;

/** Of a run, by its best strategy on the selection window and by what its members left out; nothing of a failed one. */
export function adviceOfRun(run: AdvisedRun): readonly Advice[] {
  if (run.status === 'failed') return [];
  const { rankIc, stake, trades, sharpe } = run;
  const found: Advice[] = (run.leftOut ?? []).flatMap(lowAuc);
  const rank = Math.min(
    ...(run.leftOut ?? []).map((side) => side.rankIc),
    rankIc ?? Number.POSITIVE_INFINITY,
  );
  if (found.length === 0 && rank < LEAST_RANK_CORRELATION) {
    found.push({
      finding: 'low_rank_correlation',
      text: `The rank correlation of forecast and outcome is ${decimalText(rank, 3)} on what its members left out: there is hardly anything to trade on.`,
      change:
        'Other horizons and timeframes first, then other indicators or encoders; hyper-parameters last, they seldom find what the features do not have.',
    });
  }
  if (found.length === 0 && sharpe !== null && sharpe <= 0 && Number.isFinite(rank)) {
    found.push({
      finding: 'left_out_not_paid',
      text: `Rows that its members left out are told apart (rank correlation ${decimalText(rank, 3)}), and the selection window still loses (Sharpe ${decimalText(sharpe, 1)} of its best strategy).`,
      change:
        'Fewer days of history, where the market has changed since; else a longer horizon, so that a move is large beside what a round trip costs.',
    });
  }
  if (stake?.roi != null && stake.roi < 0) {
    found.push({
      finding: 'negative_roi',
      text: `Its best strategy returns ${percentText(stake.roi, 1)} of what was staked, after costs.`,
      change:
        'Look at what a round trip costs beside an average win; then a higher confidence threshold or a longer horizon. A market whose spread is wide wants a higher timeframe.',
    });
  }
  if (trades !== null && trades < FEW_TRADES) {
    found.push({
      finding: 'few_trades',
      text: `${counted(trades, 'trade')} on the selection window: under ${FEW_TRADES} no figure of it means much.`,
      change:
        'A shorter horizon or a lower confidence threshold gives more trades; so does a longer selection window (evaluation.selection_days).',
    });
  }
  return found;
}

function lowAuc({ side, classes }: LeftOutDto): Advice[] {
  if (classes?.rocAuc == null || classes.rocAucError === null) return [];
  const { rocAuc, rocAucError } = classes;
  if (rocAuc - 2 * rocAucError > 0.5) return [];
  const whose = side === 'both' ? '' : ` of its ${side.toUpperCase()} model`;
  return [
    {
      finding: 'low_auc',
      text: `The ROC AUC${whose} is ${decimalText(rocAuc, 2)} ± ${decimalText(rocAucError, 2)} on what its members left out: not above a coin's 0.5 by two errors.`,
      change:
        'Another horizon or target first, then more days of history, so that the error shrinks; hyper-parameters last.',
    },
  ];
}

type AdvisedJob = Pick<
  QueueDto,
  'kind' | 'state' | 'message' | 'completed' | 'failed' | 'kept' | 'pending' | 'seconds'
>;

/** Of a job, while it goes on and when it is done. */
export function adviceOfJob(job: AdvisedJob): readonly Advice[] {
  const { kind, state, message, completed, failed, kept, pending, seconds } = job;
  const found: Advice[] = [];
  if (message !== null && /MB are free on the disk/.test(message)) {
    found.push({
      finding: 'full_disk',
      text: 'The disk is too full to go on; nothing is lost.',
      change:
        'Remove what nobody needs under Data & Settings, Storage (`regimen cleanup`), or move the workspace to a larger disk; then resume.',
    });
  }
  if (kind === 'grid' && state === 'completed' && completed > 0 && kept === 0) {
    found.push({
      finding: 'nothing_kept',
      text: `None of ${counted(completed, 'model')} improved a regime, so none was kept.`,
      change:
        'See under Evidence why places are vacant. With too few trades: lower evaluation.min_trades_per_regime or choose shorter horizons; with negative scores: other horizons and timeframes, before other model types.',
    });
  }
  const done = completed + failed;
  const left = done === 0 ? 0 : ((seconds / done) * pending) / 3600;
  if ((state === 'running' || state === 'paused') && left > SLOW_HOURS) {
    found.push({
      finding: 'slow_job',
      text: `At its pace of ${(seconds / done).toFixed(0)} s for each, ${counted(pending, 'more', 'more')} take about ${Math.round(left)} hours.`,
      change:
        'Fewer days of history and fewer values of an axis save most; then queue.threads, or workers on other machines. A search finds hyper-parameters in fewer models than a grid.',
    });
  }
  return found;
}
