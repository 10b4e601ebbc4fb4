import type { Engine, ReadingEngine } from '../../../engine/app.ts';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import { type ViewedTable, viewQueries } from '../../../engine/contract/api/views.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { methodOptions } from '../method-options.ts';
import { viewsText, viewText } from '../render/views.ts';
import { type CliCommand, type CommandInput, methodCommand } from './command.ts';
import { ascending } from './order.ts';

/** What is kept of what a table was asked for. */
const keptKeys = (table: ViewedTable): readonly string[] => Object.keys(viewQueries[table].shape);

function saveCommand(table: ViewedTable, summary: string): CliCommand {
  const shape = viewQueries[table].shape;
  return {
    path: ['views', 'save', table],
    summary,
    positionals: [{ name: 'name', description: 'what the view is called' }],
    options: [
      ...methodOptions(`${table}.export`, []).filter((option) => option.attributeName() in shape),
      ascending(),
    ],
    async run(engine: Engine, input, output) {
      const query: Record<string, string | number | boolean> = {};
      for (const key of keptKeys(table)) {
        const value = input[key];
        if (typeof value === 'string' || typeof value === 'boolean') query[key] = value;
      }
      if (input.ascending === true) query.descending = false;
      const saved = await engine.call('views.save', { table, name: String(input.name), query });
      output.result(saved, () => `Saved. ${viewText(saved)}`);
      return EXIT_SUCCESS;
    },
  };
}

/** What was typed beside `--view`, on top of what the view says; both filters hold. */
export async function withView(
  engine: Pick<ReadingEngine, 'call'>,
  table: ViewedTable,
  { view: name, ...asked }: CommandInput,
): Promise<CommandInput> {
  if (name === undefined) return asked;
  const views = (await engine.call('views.list', {})).filter((one) => one.table === table);
  const view = views.find((one) => one.name === name);
  if (view === undefined) {
    const names = views.map((one) => one.name).join(', ');
    throw new EngineError(
      'not-found',
      `--view: there is no view ${JSON.stringify(name)} of ${table}; ${names === '' ? 'none was saved' : `there are ${names}`}.`,
    );
  }
  const { descending, ...query } = view.query;
  const filters = [query.filter, asked.filter].filter((filter) => filter !== undefined && filter !== '');
  return {
    ...query,
    // Another column is sorted by anew, the largest first.
    ...(descending === undefined || asked.sort !== undefined ? {} : { descending }),
    ...asked,
    ...(filters.length === 0 ? {} : { filter: filters.join(', ') }),
  };
}

export const viewCommands: readonly CliCommand[] = [
  methodCommand(
    'views list',
    'views.list',
    'columns, orders and filters that were given a name',
    [],
    viewsText,
  ),
  saveCommand('history', 'keep a view of the history: `regimen history --view NAME` shows it'),
  saveCommand('champions', 'keep a view of the champions: `regimen champions --view NAME` shows it'),
  {
    path: ['views', 'remove'],
    summary: 'forget a view',
    positionals: [
      { name: 'table', description: 'history or champions' },
      { name: 'name', description: 'what the view is called' },
    ],
    options: [],
    async run(engine, { table, name }, output) {
      const removed = await engine.call('views.remove', { table, name } as RawInput<'views.remove'>);
      output.result(removed, () => `Removed: the view ${removed.name} of ${removed.table}.`);
      return EXIT_SUCCESS;
    },
  },
];
