import type { Command, Option } from 'commander';
import { commandProgram } from '../../main/cli/program.ts';
import { code, table } from './markdown.ts';

const NOWHERE = { write: () => true };
/** Options that every command has are said once. */
const SHARED = new Set(['workspace', 'logLevel', 'json']);

/** Every command of the command line, from the program that reads it. */
export function commandReference(): string {
  const program = commandProgram(NOWHERE, NOWHERE, async () => undefined);
  const all = leaves(program, []);
  const shared = all[0]!.command.options.filter((option) => SHARED.has(option.attributeName()));
  return [
    '# Commands',
    `${all.length} commands; \`regimen COMMAND --help\` says the same. All take these, \`serve\` without \`--json\`:`,
    optionTable(shared),
    ...all.map(({ path, command }) => section(path, command)),
  ].join('\n\n');
}

interface Leaf {
  readonly path: readonly string[];
  readonly command: Command;
}

/** A group may be a command as well: it is one where it takes more than its commands. */
function leaves(command: Command, path: readonly string[]): Leaf[] {
  const isCommand = path.length > 0 && (command.commands.length === 0 || command.options.length > 0);
  return [
    ...(isCommand ? [{ path, command }] : []),
    ...command.commands
      .filter((below) => below.name() !== 'help')
      .flatMap((below) => leaves(below, [...path, below.name()])),
  ];
}

function section(path: readonly string[], command: Command): string {
  const given = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return { name: argument.required ? `<${name}>` : `[${name}]`, description: argument.description };
  });
  const own = command.options.filter((option) => !SHARED.has(option.attributeName()));
  const rows = [
    ...given.map(({ name, description }) => [code(name), description, '']),
    ...own.map((option) => rowOf(option)),
  ];
  return [
    `## ${path.join(' ')}`,
    `${code(['regimen', ...path, ...given.map(({ name }) => name)].join(' '))}: ${command.description()}.`,
    ...(rows.length === 0 ? [] : [table(['', 'means', 'without it'], rows)]),
  ].join('\n\n');
}

const optionTable = (options: readonly Option[]) => table(['', 'means', 'without it'], options.map(rowOf));

function rowOf(option: Option): string[] {
  const { description, defaultValue, defaultValueDescription, envVar } = option;
  const fallback = defaultValueDescription ?? (defaultValue === undefined ? '' : String(defaultValue));
  const variable = envVar === undefined ? '' : `${fallback === '' ? '' : ', '}or ${code(envVar)}`;
  return [code(option.flags), description, `${fallback}${variable}`];
}
