import { type ErrorDto, toErrorDto } from '../../engine/contract/errors.ts';
import { gridError } from '../../engine/contract/grid.ts';
import type { CliCommand, CommandInput } from './commands/command.ts';

/** `priceScale` as it is typed: `--price-scale`. */
export function flagOf(field: string): string {
  return `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** An error of the engine in the words of the command that met it: options instead of fields, the grid by its file. */
export function inCommandWords(error: ErrorDto, { positionals }: CliCommand, input: CommandInput): ErrorDto {
  const { problems, file } = error.details;
  if (error.code === 'internal') {
    return { ...error, message: `${error.message} (a defect of Regimen, not of your input)` };
  }
  if (problems === undefined) return error;
  if (error.code === 'invalid-input') {
    const placeOf = (path: string) =>
      positionals.some(({ name }) => name === path) ? `<${path}>` : flagOf(path);
    const lines = problems.map((p) => `${placeOf(p.path)}: ${p.message}`);
    const { problemCount = problems.length } = error.details;
    if (problemCount > problems.length) lines.push(`and ${problemCount - problems.length} more`);
    return { ...error, message: lines.join('\n') };
  }
  if (error.code === 'grid-invalid' && file === undefined && input.grid !== undefined) {
    return toErrorDto(gridError(problems, String(input.grid), error.details));
  }
  return error;
}
