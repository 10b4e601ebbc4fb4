import { commandReference } from './commands.ts';
import { configurationReference } from './configuration.ts';
import { httpReference } from './http.ts';

const MADE = '<!-- Written by `npm run reference` from the schemas; changes here are lost. -->';

/** The pages of docs/reference, by name. */
export async function references(): Promise<Readonly<Record<string, string>>> {
  const pages = {
    'commands.md': commandReference(),
    'configuration.md': configurationReference(),
    'http.md': await httpReference(),
  };
  return Object.fromEntries(Object.entries(pages).map(([name, text]) => [name, `${MADE}\n\n${text}\n`]));
}
