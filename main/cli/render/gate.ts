import type {
  GateLineDto,
  GateReportDto,
  TrainedNameDto,
  VersionComparisonDto,
} from '../../../engine/contract/dto/index.ts';
import { gateSubject } from '../../../engine/contract/gate-subject.ts';
import { type WayWords, waysText } from '../../../engine/contract/gate-ways.ts';
import { modelTitle } from '../../../engine/contract/model-type-names.ts';
import { isPolicy } from '../../../engine/contract/strategy-words.ts';
import { decimal, table } from './format.ts';

const MARKS: Readonly<Record<GateLineDto['state'], string>> = {
  met: 'met',
  missed: 'MISSED',
  skipped: 'skipped',
};

/** By which options each way on is done. */
const WORDS: WayWords = {
  search: '--optimize --trials 50',
  period: '--period 10y',
  preset: '--preset two_errors',
  least: (figures) => figures.map(([figure, value]) => `--min-${figure} ${value}`).join(' '),
  full: 'regimen validate full',
  noVerdict: '--min-verdict none',
  force: '--force',
};

/** What the gate asked and found, line by line, and why not where it refuses. */
export function gateText(report: GateReportDto): string {
  const { name, passed, refusal, ways = [], lines } = report;
  const rows = lines.map(({ title, state, value, threshold, base, lift }) => [
    title,
    MARKS[state],
    decimal(value),
    decimal(threshold),
    decimal(base),
    decimal(lift),
  ]);
  const words = lines.filter(({ part }) => part !== 'thresholds').map(({ text }) => `  ${text}`);
  return [
    `${name}, ${gateSubject(report)}: the gate ${passed ? 'is passed' : 'refuses it'}`,
    '',
    table(['what', '', 'found', 'asked', 'base rate', 'lift'], rows, ['found', 'asked', 'base rate', 'lift']),
    '',
    ...words,
    ...(refusal === null ? [] : ['', [refusal, waysText(ways, WORDS)].join(' ').trim()]),
  ].join('\n');
}

/** Two versions side by side. */
export function comparisonText({ version, against, comparison, missing }: VersionComparisonDto): string {
  const both = [version, against];
  const figures = ['sharpe', 'sharpeError', 'trades', 'maxDrawdown', 'winRate', 'profitFactor', 'composite'];
  const rows = [
    ['stage', ...both.map(({ stage }) => stage)],
    ['model', ...both.map(({ configuration }) => modelTitle(configuration.modelType))],
    ['days of history', ...both.map(({ configuration }) => String(configuration.daysHistory))],
    ['bars ahead', ...both.map(({ configuration }) => String(configuration.horizon))],
    [
      'strategy',
      ...both.map(({ strategy: s }) =>
        isPolicy(s)
          ? s.predictionMethod
          : `${s.predictionMethod}, ${s.ensembleMethod}, ${s.confidenceThreshold}, ${s.lookbackWindow}`,
      ),
    ],
    ['trained until', ...both.map(({ trained }) => trained.to.slice(0, 10))],
    ['expires', ...both.map(({ expiresAt }) => expiresAt.slice(0, 10))],
    ...figures.map((name) => [`${name} where chosen`, ...both.map((one) => decimal(one.figures[name]))]),
  ];
  const words =
    comparison === null
      ? `${missing!}\n  regimen production validate ${version.symbol} ${version.timeframe}${version.regime === null ? '' : ` --regime ${version.regime}`} --version ${version.version}`
      : `${version.version} is ${comparison.judgement} than ${against.version}: ${signed(comparison.mean)} basis points a day (95 %: ${signed(comparison.low)} to ${signed(comparison.high)}) over ${comparison.days} market days in ${comparison.folds} test windows.`;
  return [table(['', ...both.map((one) => one.version)], rows), '', words].join('\n');
}

function signed(perDay: number): string {
  return `${perDay >= 0 ? '+' : '−'}${Math.abs(perDay * 1e4).toFixed(2)}`;
}

const ENDS: Readonly<Record<TrainedNameDto['status'], string>> = {
  promoted: 'is in production',
  passed: 'passed the gate; nothing is promoted (--dry-run)',
  refused: 'is not promoted',
  failed: 'failed',
};

/** What a production training came to, name by name. */
export function trainedText(results: readonly TrainedNameDto[]): string {
  return results
    .map(({ name, version, status, title, report, error }) => {
      const head = `${name}${version === null ? '' : `, version ${version}`} ${ENDS[status]}`;
      const model = title === null ? [] : [`  ${title}`];
      const why = error === null ? [] : [`  ${error.message}`];
      return [head, ...model, ...why, ...(report === null ? [] : ['', gateText(report)])].join('\n');
    })
    .join('\n\n');
}
