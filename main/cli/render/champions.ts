import type { ChampionDto } from '../../../engine/contract/dto/index.ts';
import { decimal, integer, percent, table } from './format.ts';

const HEAD = [
  'Symbol',
  'TF',
  'Regime',
  'Model',
  'Bars ahead',
  'Days',
  'Strategy',
  'Sharpe',
  'Max DD',
  'Win rate',
  'Trades',
  'Holdout Sharpe',
  'Max DD ',
  'Win rate ',
  'Trades ',
];
const NUMBERS = HEAD.filter((h) => !['Symbol', 'TF', 'Regime', 'Model', 'Strategy'].includes(h));

/** The champions table: selection window on the left, the untouched holdout on the right. */
export function championsText(champions: readonly ChampionDto[]): string {
  if (champions.length === 0) {
    return 'No champions: no trained model met the requirements in any regime (see `regimen history`).';
  }
  const rows = champions.map((c) => [
    c.symbol,
    c.timeframe,
    c.regime,
    c.modelType,
    integer(c.horizon),
    integer(c.daysHistory),
    strategyText(c),
    decimal(c.sharpe),
    percent(c.maxDrawdown),
    percent(c.winRate, 0),
    integer(c.trades),
    decimal(c.holdout.sharpe),
    percent(c.holdout.maxDrawdown),
    percent(c.holdout.winRate, 0),
    integer(c.holdout.trades),
  ]);
  const lines = [
    table(HEAD, rows, NUMBERS),
    '',
    'Sharpe is annualised, after spread, slippage, commission and swap, on the bars of the regime. The selection window',
    'chose these champions, so expect its figures to flatter; nothing was chosen by the holdout.',
  ];
  if (champions.some((c) => c.synthetic)) {
    lines.push('Symbols that begin with DEMO_ are synthetic: no market was ever quoted at these prices.');
  }
  return lines.join('\n');
}

/** `recursive, weighted, confidence >= 0.6, 100 bars back`. */
export function strategyText({ strategy }: Pick<ChampionDto, 'strategy'>): string {
  return `${strategy.predictionMethod} ${strategy.ensembleMethod} c>=${strategy.confidenceThreshold} W=${strategy.lookbackWindow}`;
}
