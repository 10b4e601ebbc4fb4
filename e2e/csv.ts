/** Reads an RFC 4180 file with a header strictly: a line of another length or a stray quote is an error. */
export function readCsv(text: string): Record<string, string>[] {
  const CELL = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  const lines: string[][] = [[]];
  while (CELL.lastIndex < text.length) {
    const at = CELL.lastIndex;
    const match = CELL.exec(text);
    if (match === null) throw new Error(`Not RFC 4180 at character ${at}: ${text.slice(at, at + 60)}`);
    const [, cell = '', end] = match;
    lines.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end !== ',') lines.push([]);
  }
  const [header = [], ...rows] = lines.slice(0, -1);
  return rows.map((cells, row) => {
    if (cells.length !== header.length)
      throw new Error(`Row ${row + 1} has ${cells.length} cells, the header ${header.length}.`);
    return Object.fromEntries(header.map((name, i) => [name, cells[i]!]));
  });
}
