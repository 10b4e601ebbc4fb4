import type {
  AgingDto,
  FoldDto,
  FoldFigureDto,
  FoldFiguresDto,
  RefitDto,
  StitchedDto,
  ValidationDto,
} from '../../../engine/contract/dto/index.ts';
import { foldChoiceText } from '../../../engine/contract/fold-choice.ts';
import { verdictText } from '../../../engine/contract/verdict.ts';
import { criteriaText } from './criteria.ts';
import { bytes, count, decimal, integer, percent, table } from './format.ts';
import { hundredfold, withError } from './scores.ts';

/** What a validation came to: its folds, their average and curve, what aging costs, what it is held to, and the verdict. */
export function validationText(validation: ValidationDto): string {
  const { scheme, symbol, timeframe, champion, title, id, jobId } = validation;
  const of = champion === null ? `${symbol} ${timeframe}` : champion;
  const parts = [
    `Validation ${id} (${scheme}) of ${of}, job ${jobId}: ${title}`,
    foldTable(validation),
    [...stitchedLines(validation), ...agingLines(validation)].join('\n'),
    foldChoiceText(validation) ?? '',
    regimesText(validation),
    criteriaText(validation.criteria),
    validation.subject === 'procedure'
      ? 'Several models forecast in turn, so that only what they earned is asked for: there are no figures of their forecasts.'
      : '',
    ...verdictLines(validation),
    refitText(validation.refit),
    validation.jobState === 'awaiting_confirmation'
      ? `Job ${jobId} waits for an answer whether full follows: \`regimen validate confirm ${jobId}\`, or with --no.`
      : '',
  ];
  return parts.filter((text) => text !== '').join('\n\n');
}

const HEAD = [
  'Fold',
  'Test',
  'Bars',
  'Accuracy',
  'Recall',
  'Precision',
  'F1',
  'ROC AUC',
  'Spearman',
  'Sharpe',
  'Win%',
  'Trades',
];
const NUMBERS = HEAD.slice(2);
const TAKE_PROFIT = 'Take-profit';

function foldTable({ folds, average, stitched }: ValidationDto): string {
  // Of a target whose trades have a take-profit.
  const hasTakeProfit = folds.some(({ metrics }) => (metrics?.hit_rate_tp1 ?? null) !== null);
  const hits = (figures: FoldFiguresDto | null) =>
    hasTakeProfit ? [withBase(figures?.hit_rate_tp1 ?? null)] : [];
  const head = hasTakeProfit ? [...HEAD, TAKE_PROFIT] : HEAD;
  const rows = folds.map((fold) => [
    foldName(fold, folds),
    period(fold),
    integer(fold.test.bars),
    ...cells(fold.metrics),
    ...hits(fold.metrics),
  ]);
  const mean = ['Average', `of ${count(stitched.folds, 'fold')}`, '', ...cells(average, 1), ...hits(average)];
  const lines = [table(head, [...rows, mean], head.slice(2))];
  if (folds.some(({ metrics }) => metrics !== null)) {
    lines.push(
      'In brackets: what always saying the larger class gets. Class: the sign of the return; of a target about trades whether the trade paid or reached its take-profit, of LONG and SHORT the weaker one. Sharpe: annualized, after costs; ± its error.',
    );
    if (hasTakeProfit) {
      lines.push(
        'Take-profit: share of trades that reached it; in brackets, of trades entered on every bar, long and short.',
      );
    }
  }
  if (folds.some(({ counted }) => !counted)) {
    lines.push('○ tested on bars that models were chosen on: shown, and counted nowhere.');
  }
  for (const fold of folds) {
    if (fold.error !== null) lines.push(`${foldName(fold, folds)} failed: ${fold.error}`);
  }
  return lines.join('\n');
}

/** `Fold 1/3`, `Aging 2/2`, hollow where it doesn't count. */
function foldName({ index, kind, counted }: FoldDto, folds: readonly FoldDto[]): string {
  const alike = folds.filter((fold) => fold.kind === kind);
  const number = alike.findIndex((fold) => fold.index === index) + 1;
  return `${kind === 'rolling' ? 'Fold' : 'Aging'} ${number}/${alike.length}${counted ? '' : ' ○'}`;
}

const day = (iso: string) => iso.slice(0, 10);
const period = ({ test }: Pick<FoldDto, 'test'>) => `${day(test.from)} to ${day(test.to)}`;

/** `digits`: of the number of trades. */
function cells(figures: FoldFiguresDto | null, digits = 0): string[] {
  if (figures === null) return NUMBERS.slice(1).map(() => decimal(null));
  const { spearman, sharpe, win_rate, trades } = figures;
  return [
    withBase(figures.accuracy),
    withBase(figures.recall),
    withBase(figures.precision),
    withBase(figures.f1),
    withBase(figures.roc_auc),
    spearman === null ? decimal(null) : plusMinus(spearman, 3),
    withError(sharpe?.value ?? null, sharpe?.error ?? null),
    hundredfold(win_rate?.value ?? null, 0),
    trades === null ? '0' : decimal(trades.value, digits),
  ];
}

function withBase(figure: FoldFigureDto | null): string {
  if (figure === null) return decimal(null);
  return figure.base === null ? decimal(figure.value) : `${decimal(figure.value)} (${decimal(figure.base)})`;
}

function plusMinus({ value, error }: FoldFigureDto, digits: number): string {
  return error === null ? decimal(value, digits) : `${decimal(value, digits)} ± ${decimal(error, digits)}`;
}

function stitchedLines({ stitched, missingFolds }: ValidationDto): string[] {
  const lines = [stitchedText(stitched)];
  if (missingFolds > 0) {
    lines.push(`The data is too short for ${missingFolds} more of the folds that were asked for.`);
  }
  return lines;
}

/** The counted folds as one curve: what would have been earned. */
export function stitchedText(stitched: StitchedDto): string {
  const { folds, bars, sharpe, standardError, t, p, trades, maxDrawdown, profitableFolds } = stitched;
  if (folds === 0) return 'No fold counts yet, so there is no out-of-sample curve.';
  return (
    `Stitched, ${count(folds, 'fold')} and ${count(bars, 'bar')}: Sharpe ${withError(sharpe, standardError)}, t ${decimal(t)}, p ${decimal(p, 3)}; ` +
    `return ${percent(stitched.return)}, drawdown ${percent(maxDrawdown)}, ${count(trades, 'trade')}, ${percent(profitableFolds, 0)} of the folds earned something.`
  );
}

/** Of a procedure, what the champions of each regime did alone: a line each. */
function regimesText({ regimes, subject, folds }: ValidationDto): string {
  if (subject !== 'procedure') return '';
  if (regimes.length === 0) return 'No fold had a champion.';
  const rows = regimes.map(({ regime, folds: chosen, stitched }) => [
    regime,
    `${chosen}/${folds.length}`,
    withError(stitched.sharpe, stitched.standardError),
    integer(stitched.trades),
    percent(stitched.return),
  ]);
  const head = ['Alone in', 'Folds', 'Sharpe', 'Trades', 'Return'];
  return table(head, rows, head.slice(1));
}

/** The model that full ends with. */
function refitText(refit: RefitDto | null): string {
  if (refit === null) return '';
  const { file, bytes: size, train, asOf, error } = refit;
  if (file === null) return `The refit on all data failed: ${error}`;
  return `Refit ready: ${file} (${bytes(size)}), trained on ${count(train.bars, 'bar')} until ${day(train.to)}, all data as of ${day(asOf)}.`;
}

function agingLines({ aging, folds }: ValidationDto): string[] {
  if (aging === null || aging.ages.length === 0) return [];
  const at = aging.ages.map(({ days, fold }) => {
    const metrics = folds.find(({ index }) => index === fold)?.metrics;
    const { spearman, sharpe } = metrics ?? {};
    return `${integer(Math.round(days))} days: Spearman ${decimal(spearman?.value, 3)}, Sharpe ${decimal(sharpe?.value, 1)}`;
  });
  return [`Aging of the first model, mean age of the window: ${at.join('; ')}.${decay(aging)}`];
}

/** What is lost in 30 days; a negative loss is a gain. */
function decay({ spearmanPerMonth, sharpePerMonth }: AgingDto): string {
  if (spearmanPerMonth === null && sharpePerMonth === null) return '';
  const rates = [change('Spearman', spearmanPerMonth, 3), change('Sharpe', sharpePerMonth, 1)];
  return ` A month of age: ${rates.filter((text) => text !== '').join(', ')}.`;
}

function change(name: string, loss: number | null, digits: number): string {
  if (loss === null) return '';
  const size = decimal(0 - loss, digits);
  return `${name} ${size.startsWith('−') ? size : `+${size}`}`;
}

function verdictLines({ verdict, verdictReason, stitched, folds }: ValidationDto): string[] {
  const open = folds.filter(({ state }) => state === 'pending').length;
  if (open > 0) return [`${count(open, 'fold')} still to compute: no verdict before.`];
  if (verdict === null) return ['No verdict: no fold counts.'];
  const name = verdictText(verdict);
  const more = verdict === 'none' ? barsToSettle(stitched) : '';
  return [[`Verdict: ${name}.`, verdictReason ?? '', more].filter((text) => text !== '').join(' ')];
}

/** One-sided, 5 %. */
const SUGGESTIVE_T = 1.645;

/** How long a track record takes at the t so far: t grows with the root of the bars. */
function barsToSettle({ t, bars }: StitchedDto): string {
  if (t === null || t <= 0) return 'No number of bars like these would be evidence.';
  const more = bars * ((SUGGESTIVE_T / t) ** 2 - 1);
  return more > 0 ? `At this rate some ${integer(Math.ceil(more))} more bars would be evidence.` : '';
}

/** A line of each validation. */
export function validationsText(validations: readonly ValidationDto[]): string {
  if (validations.length === 0)
    return 'Nothing has been validated yet: `regimen validate quick SYMBOL TIMEFRAME` begins.';
  const head = [
    'Validation',
    'Job',
    'Scheme',
    'Of',
    'Model',
    'Folds',
    'Sharpe',
    'Trades',
    't',
    'Criteria',
    'Verdict',
  ];
  const rows = validations.map((v) => [
    String(v.id),
    v.jobState === 'awaiting_confirmation' ? `${v.jobId}, awaiting confirmation` : String(v.jobId),
    v.scheme,
    v.champion ?? `${v.symbol}/${v.timeframe}${v.regime === null ? '' : `/${v.regime}`}`,
    v.modelType ?? v.subject,
    `${v.folds.filter(({ state }) => state === 'completed').length}/${v.folds.length}`,
    withError(v.stitched.sharpe, v.stitched.standardError),
    integer(v.stitched.trades),
    decimal(v.stitched.t),
    v.met === null ? decimal(null) : v.met ? 'met' : `${v.criteria.filter(({ met }) => !met).length} missed`,
    v.verdict === null ? decimal(null) : verdictText(v.verdict),
  ]);
  return table(head, rows, ['Validation', 'Job', 'Folds', 'Sharpe', 'Trades', 't']);
}
