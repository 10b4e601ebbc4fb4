import { Option } from 'commander';
import { apiInputs, type RawInput } from '../../../engine/contract/api/index.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import { readYamlFile } from '../../../engine/workspace/offline.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { methodOptions } from '../method-options.ts';
import type { Output } from '../output.ts';
import { axisScoresText } from '../render/axis-scores.ts';
import { championsJson, championsText } from '../render/champions.ts';
import { chosenChampions, chosenHistory } from '../render/chosen-columns.ts';
import { compareText } from '../render/compare.ts';
import { count, integer } from '../render/format.ts';
import { funnelText } from '../render/funnel.ts';
import { historyText } from '../render/history.ts';
import { looksText } from '../render/looks.ts';
import { moneyText } from '../render/money.ts';
import { overviewText } from '../render/overview.ts';
import { regimeChangeText, regimesText } from '../render/regimes.ts';
import { robustnessText } from '../render/robustness.ts';
import { runText } from '../render/run.ts';
import { tradesText } from '../render/trades.ts';
import { type CliCommand, type CommandInput, methodCommand } from './command.ts';
import { ascending } from './order.ts';
import { withView } from './views.ts';

const viewOption = () =>
  new Option('--view <name>', 'as this saved view says (see `views list`); what is typed beside it counts');

/** What a flag said, in the Api's words; `--format json` without a file is `--json`. */
function asAsked({ ascending, ...input }: CommandInput, output: Output) {
  const asked = ascending === true ? { ...input, descending: false } : input;
  const isPrinted = asked.csv === undefined && (asked.format === undefined || asked.format === 'json');
  const json = output.json || (isPrinted && asked.format === 'json');
  return { asked, isPrinted, json };
}

const FILE_OPTIONS = ['csv', 'columns', 'format', 'overwrite', 'separator', 'decimal'];

const without = (input: CommandInput, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(input).filter(([key]) => !keys.includes(key)));

const history: CliCommand = {
  path: ['history'],
  summary: 'trained runs, newest first',
  positionals: [],
  options: [
    ...methodOptions('history.search', []),
    ascending(),
    viewOption(),
    new Option(
      '--csv <file>',
      'write the matching runs, all of them without --limit, to this file instead: CSV, Parquet or JSON',
    ),
    ...methodOptions('history.export', Object.keys(apiInputs['history.search'].shape)).filter(
      ({ long }) => long !== '--csv',
    ),
  ],
  async runReading(engine, input, output) {
    const { asked, isPrinted, json } = asAsked(await withView(engine, 'history', input), output);
    if (!isPrinted) {
      const written = await engine.call('history.export', asked as RawInput<'history.export'>);
      output.result(written, () => `${integer(written.runs)} runs written to ${written.file}.`);
      return EXIT_SUCCESS;
    }
    const columns = columnsOf('history.export', asked.columns);
    const page = await engine.call(
      'history.search',
      without(asked, FILE_OPTIONS) as RawInput<'history.search'>,
    );
    const champions = columns === undefined || json ? [] : await engine.call('champions.list', {});
    const text = () => (columns === undefined ? historyText(page) : chosenHistory(page, columns, champions));
    output.result(page.runs, json ? () => JSON.stringify(page.runs, null, 2) : text);
    return EXIT_SUCCESS;
  },
};

/** Keys of the columns that were asked for; a wrong one is refused as the method refuses it. */
function columnsOf(
  method: 'history.export' | 'champions.export',
  written: unknown,
): readonly string[] | undefined {
  const read = apiInputs[method].shape.columns.safeParse(written);
  if (read.success) return read.data;
  const message = read.error.issues[0]!.message;
  throw new EngineError('invalid-input', `The columns can't be shown: ${message}`, {
    problems: [{ path: 'columns', message }],
  });
}

const champions: CliCommand = {
  path: ['champions'],
  summary: 'the best model and strategy of each regime',
  positionals: [],
  options: [...methodOptions('champions.export', []), ascending(), viewOption()],
  async runReading(engine, input, output) {
    const { asked, isPrinted, json } = asAsked(await withView(engine, 'champions', input), output);
    if (!isPrinted) {
      const written = await engine.call('champions.export', asked as RawInput<'champions.export'>);
      output.result(written, () => `${count(written.champions, 'champion')} written to ${written.file}.`);
      return EXIT_SUCCESS;
    }
    const columns = columnsOf('champions.export', asked.columns);
    const query = without(asked, FILE_OPTIONS);
    const list = await engine.call('champions.list', query as RawInput<'champions.list'>);
    const isFiltered = ['tag', 'favorite', 'filter'].some((key) => query[key] !== undefined);
    const vacancies = isFiltered ? [] : await engine.call('champions.vacancies', {});
    const document = championsJson(list);
    const text = () => {
      if (list.length === 0 && isFiltered) return 'No champion is like that.';
      return columns === undefined ? championsText(list, vacancies) : chosenChampions(list, columns);
    };
    output.result(document, json ? () => JSON.stringify(document, null, 2) : text);
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

const regimesPreview: CliCommand = {
  path: ['regimes', 'preview'],
  summary:
    'what changed regimes would change: bars of series, champions, who stands in whose way; saves nothing',
  positionals: [
    { name: 'file', description: 'YAML: a list of regimes, or a config.yaml with regimes: definitions:' },
  ],
  options: [],
  async runReading(engine, { file }, output) {
    const read = readYamlFile(String(file)) as { regimes?: { definitions?: unknown } } | undefined;
    const regimes = (read?.regimes?.definitions ?? read) as RawInput<'regimes.preview'>['regimes'];
    const found = await engine.call('regimes.preview', { regimes });
    output.result(found, () => regimeChangeText(found));
    return EXIT_SUCCESS;
  },
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
  methodCommand(
    'axes',
    'axes.scores',
    'scores by symbol, horizon, hyper-parameter and every other axis, and which of them matters',
    [],
    axisScoresText,
  ),
  {
    path: ['compare'],
    summary: 'runs, champions and versions side by side: configuration, figures, equity',
    positionals: [
      {
        name: 'of',
        description:
          'two to eight: numbers or UUIDs of runs, SYMBOL/TIMEFRAME/REGIME[/RANK] of champions, "NAME@VERSION"',
        several: true,
      },
    ],
    options: [],
    async runReading(engine, { of }, output) {
      const compared = await engine.call('compare.show', { of: of as string[] });
      output.result(compared, () => compareText(compared));
      return EXIT_SUCCESS;
    },
  },
  methodCommand('run', 'history.get', 'everything about one run', ['run'], runText),
  methodCommand('trades', 'run.trades', 'the trades of a strategy of a kept run', ['run'], tradesText),
  methodCommand(
    'money',
    'run.money',
    'the trades of a strategy of a kept run as money of an account',
    ['run'],
    moneyText,
  ),
  methodCommand('regimes list', 'regimes.list', 'the regimes and their rules', [], regimesText),
  regimesPreview,
];
