/**
 * What a terminal would obey instead of show: C0 but for line feed and tabulator, DEL, C1, and the marks that turn the
 * direction of writing.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const BEYOND_JSON = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that shows its control characters (`\x1b`), whoever wrote them into a file that is spoken of. */
export function printable(text: string): string {
  return text.replace(CONTROL, (control) => {
    const code = control.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : unicode(control);
  });
}

/** JSON in which no control character is left; it means the same. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(BEYOND_JSON, unicode);
}

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
