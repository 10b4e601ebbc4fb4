import { Option } from 'commander';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { markedText, marksText } from '../render/marks.ts';
import { type CliCommand, type CommandInput, methodCommand, type Positional } from './command.ts';

type Change = Pick<RawInput<'marks.set'>, 'favorite' | 'note' | 'addTags' | 'removeTags'>;

/** The three commands of one kind of what can be marked. `of`: how the Api names it. */
function markCommands(group: string, of: 'run' | 'jobId' | 'champion', subject: Positional): CliCommand[] {
  const command = (
    name: string,
    summary: string,
    positionals: readonly Positional[],
    change: (input: CommandInput) => Change,
  ): CliCommand => ({
    path: [group, name],
    summary,
    positionals: [subject, ...positionals],
    options: [new Option('--remove', 'take it away again')],
    async run(engine, input, output) {
      const marked = await engine.call('marks.set', {
        [of]: input[subject.name],
        ...change(input),
      } as RawInput<'marks.set'>);
      output.result(marked, () => markedText(marked));
      return EXIT_SUCCESS;
    },
  });
  const what = of === 'jobId' ? 'a job' : of === 'run' ? 'a run' : "a champion's run";
  return [
    command('favorite', `keep ${what} among the favorites`, [], ({ remove }) => ({
      favorite: remove !== true,
    })),
    command(
      'tag',
      `give ${what} tags to find it by`,
      [{ name: 'tags', description: 'such as golden or gbp/asia; no blanks', several: true }],
      ({ tags, remove }) => {
        const list = tags as string[];
        return remove === true ? { removeTags: list } : { addTags: list };
      },
    ),
    command(
      'note',
      `write a note beside ${what}`,
      [{ name: 'text', description: 'in quotes, in the place of the note that is there', optional: true }],
      ({ text, remove }) => ({ note: noteOf(text, remove === true) }),
    ),
  ];
}

function noteOf(text: unknown, remove: boolean): string {
  if (remove === (text === undefined)) return remove ? '' : String(text);
  throw new EngineError(
    'invalid-input',
    remove
      ? 'Expected a note or --remove, found both: leave one out.'
      : 'Expected the text of the note, in quotes, or --remove.',
  );
}

export const marksCommands: readonly CliCommand[] = [
  ...markCommands('run', 'run', { name: 'run', description: 'number or UUID of the run' }),
  ...markCommands('champions', 'champion', {
    name: 'champion',
    description: 'SYMBOL/TIMEFRAME/REGIME[/RANK]',
  }),
  ...markCommands('jobs', 'jobId', { name: 'jobId', description: 'number of the job (see `jobs list`)' }),
  methodCommand('marked', 'marks.list', 'everything that has a note, a tag or is a favorite', [], marksText),
];
