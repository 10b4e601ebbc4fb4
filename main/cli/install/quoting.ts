/** A program with its arguments, as different readers of text take it. */
export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
}

/** systemd.service(5): `%` and `$` are its own, and are doubled. */
export function systemdLine({ program, args }: CommandLine): string {
  const quoted = (word: string) =>
    `"${word.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
  return [program, ...args].map((word) => (isPlain(word) ? word : quoted(word))).join(' ');
}

/** sh(1). */
export function shellLine({ program, args }: CommandLine): string {
  return [program, ...args].map(shellWord).join(' ');
}

export function shellWord(word: string): string {
  return isPlain(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** crontab(5): a `%` ends the command, unless it is escaped. */
export function crontabLine(command: CommandLine): string {
  return shellLine(command).replaceAll('%', '\\%');
}

/** What Windows splits into arguments again: backslashes count before a quote alone. */
export function windowsArguments(args: readonly string[]): string {
  const quoted = (word: string) => `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
  return args.map((word) => (isPlain(word) ? word : quoted(word))).join(' ');
}

export function xmlText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const isPlain = (word: string) => /^[\w./:@=-]+$/.test(word);
