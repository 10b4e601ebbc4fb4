import { Option } from 'commander';
import { apiInputs, type RawInput } from '../../../engine/contract/api/index.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { methodOptions } from '../method-options.ts';
import { championsJson, championsText } from '../render/champions.ts';
import { count, integer } from '../render/format.ts';
import { funnelText } from '../render/funnel.ts';
import { historyText } from '../render/history.ts';
import { looksText } from '../render/looks.ts';
import { overviewText } from '../render/overview.ts';
import { regimesText } from '../render/regimes.ts';
import { robustnessText } from '../render/robustness.ts';
import { runText } from '../render/run.ts';
import { tradesText } from '../render/trades.ts';
import { type CliCommand, methodCommand } from './command.ts';

const history: CliCommand = {
  path: ['history'],
  summary: 'trained runs, newest first',
  positionals: [],
  options: [
    ...methodOptions('history.search', []),
    new Option(
      '--csv <file>',
      'write the matching runs, all of them without --limit, to this file instead, CSV or Parquet',
    ),
    ...methodOptions('history.export', Object.keys(apiInputs['history.search'].shape)).filter(
      ({ long }) => long !== '--csv',
    ),
  ],
  async runReading(engine, input, output) {
    if (input.csv === undefined && input.format === undefined) {
      const { overwrite: _overwrite, separator: _separator, decimal: _decimal, ...search } = input;
      const page = await engine.call('history.search', search as RawInput<'history.search'>);
      output.result(page.runs, () => historyText(page));
      return EXIT_SUCCESS;
    }
    const written = await engine.call('history.export', input as RawInput<'history.export'>);
    output.result(written, () => `${integer(written.runs)} runs written to ${written.file}.`);
    return EXIT_SUCCESS;
  },
};

const champions: CliCommand = {
  path: ['champions'],
  summary: 'the best model and strategy of each regime',
  positionals: [],
  options: methodOptions('champions.export', []),
  async runReading(engine, input, output) {
    if (input.csv !== undefined) {
      const written = await engine.call('champions.export', input as RawInput<'champions.export'>);
      output.result(written, () => `${count(written.champions, 'champion')} written to ${written.file}.`);
      return EXIT_SUCCESS;
    }
    const { overwrite: _overwrite, ...filter } = input;
    const list = await engine.call('champions.list', filter as RawInput<'champions.list'>);
    const isMarkedOnly = filter.tag !== undefined || filter.favorite !== undefined;
    const vacancies = isMarkedOnly ? [] : await engine.call('champions.vacancies', {});
    output.result(championsJson(list), () =>
      list.length === 0 && isMarkedOnly ? 'No champion has these marks.' : championsText(list, vacancies),
    );
    return EXIT_SUCCESS;
  },
};

const championsRobustness: CliCommand = {
  path: ['champions', 'robustness'],
  summary:
    'how much of a score hangs on details: neighbors, costs, late entries, best trades, random entries, other symbols',
  positionals: [
    {
      name: 'champion',
      description: 'SYMBOL/TIMEFRAME/REGIME[/RANK]; all champions without it',
      optional: true,
    },
  ],
  options: [new Option('--all', 'all champions')],
  async run(engine, { champion, all }, output) {
    const isOne = champion !== undefined && all !== true;
    const found = await engine.call('champions.robustness', isOne ? { champion: String(champion) } : {});
    output.result(found, () => robustnessText(found));
    return EXIT_SUCCESS;
  },
};

const evidence: CliCommand = {
  path: ['evidence'],
  summary: 'what was tried in each market, how far it came, and what luck alone would give',
  positionals: [],
  options: [],
  async runReading(engine, _input, output) {
    const summary = await engine.call('evidence.summary', {});
    const list = await engine.call('champions.list', {});
    output.result(summary, () => funnelText(summary, list));
    return EXIT_SUCCESS;
  },
};

const open: CliCommand = {
  ...methodCommand(
    'champions open',
    'champions.open',
    'spend the look at the holdout of a champion, which shows it for ever',
    ['champion'],
    looksText,
  ),
  positionals: [{ name: 'champion', description: 'SYMBOL/TIMEFRAME/REGIME[/RANK]', optional: true }],
};

export const resultCommands: readonly CliCommand[] = [
  methodCommand(
    'overview',
    'overview.get',
    'what finished, changed and waits for a decision since the last look of a window',
    [],
    overviewText,
  ),
  champions,
  championsRobustness,
  open,
  evidence,
  history,
  methodCommand('run', 'history.get', 'everything about one run', ['run'], runText),
  methodCommand('trades', 'run.trades', 'the trades of a strategy of a kept run', ['run'], tradesText),
  methodCommand('regimes list', 'regimes.list', 'the regimes and their rules', [], regimesText),
];
