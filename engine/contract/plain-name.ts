/** `bull_trending` -> `bull trending`: a name of files and commands as a sentence has it. */
export const plainName = (name: string): string => name.replaceAll('_', ' ');
