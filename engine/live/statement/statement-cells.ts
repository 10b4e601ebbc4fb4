const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' };

/** Texts of the cells of each row of a page's tables; cells that are not shown are left out. */
export function rowsOfHtml(html: string): string[][] {
  const rows: string[][] = [];
  for (const [, row] of html.matchAll(/<tr\b[^>]*>([\s\S]*?)(?=<\/tr>|<tr\b|$)/gi)) {
    const cells: string[] = [];
    for (const [, attributes, cell] of row!.matchAll(
      /<t[dh]\b([^>]*)>([\s\S]*?)(?=<\/t[dh]>|<t[dh]\b|$)/gi,
    )) {
      // MetaTrader 5 keeps a comment in one.
      if (/class\s*=\s*["']?hidden/i.test(attributes!)) continue;
      cells.push(textOf(cell!));
    }
    rows.push(cells);
  }
  return rows;
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+|#\d+);/g, (whole, name: string) =>
      name.startsWith('#')
        ? String.fromCodePoint(Number(name.slice(1)))
        : (ENTITIES[name.toLowerCase()] ?? whole),
    )
    .trim();
}

/** Cells of each line of a text that are apart by a comma, semicolon or tab, whichever its first line has most of; quotes are read. */
export function cellsOfCsv(text: string): string[][] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const counted = [',', ';', '\t'].map((mark) => [mark, (lines[0] ?? '').split(mark).length] as const);
  const [mark] = counted.reduce((best, one) => (one[1] > best[1] ? one : best));
  return lines.filter((line) => line.trim() !== '').map((line) => cellsOfLine(line, mark));
}

function cellsOfLine(line: string, mark: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const letter = line[i]!;
    if (letter === '"') {
      if (quoted && line[i + 1] === '"') cell += line[i++];
      else quoted = !quoted;
    } else if (letter === mark && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell];
}
