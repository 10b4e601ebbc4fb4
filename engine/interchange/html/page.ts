/** A text as HTML has it. */
export function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** One file that needs no other, shows in both color schemes and prints. `body` is HTML, the title is text. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${html(title)}</h1>
${body}
</body>
</html>
`;
}

export interface HtmlColumn {
  readonly name: string;
  /** Figures stand under each other. */
  readonly isNumber?: boolean;
}

/** Names and cells are texts. */
export function htmlTable(columns: readonly HtmlColumn[], rows: readonly (readonly string[])[]): string {
  const cell = (tag: 'th' | 'td', text: string, column: HtmlColumn | undefined) =>
    `<${tag}${column?.isNumber === true ? ' class="n"' : ''}>${html(text)}</${tag}>`;
  return `<div class="wide"><table>
<thead><tr>${columns.map((column) => cell('th', column.name, column)).join('')}</tr></thead>
<tbody>
${rows.map((cells) => `<tr>${cells.map((text, i) => cell('td', text, columns[i])).join('')}</tr>`).join('\n')}
</tbody>
</table></div>`;
}

/** A line of a chart: `own` is drawn in full, `other` dashed. */
export interface HtmlLine {
  readonly kind: 'own' | 'other';
  readonly values: readonly number[];
}

interface HtmlChart {
  /** Ascending, as many as each line has values; drawn where they are. */
  readonly x: readonly number[];
  /** What is in front is last. */
  readonly lines: readonly HtmlLine[];
  /** Included in the axis, with a line of its own. */
  readonly zero: number;
  readonly label: string;
  /** HTML. */
  readonly caption: string;
  valueText(value: number): string;
  placeText(x: number): string;
}

const WIDTH = 720;
const HEIGHT = 240;
const PAD = 44;

/** Lines over time, with the ends of both axes written out. */
export function htmlChart({ x: places, lines, zero, label, caption, ...texts }: HtmlChart): string {
  let [low, high] = [zero, zero];
  for (const { values } of lines) {
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const span = high - low || 1;
  const [first, last] = [places[0]!, places.at(-1)!];
  const x = (place: number) => PAD + ((place - first) / (last - first || 1)) * (WIDTH - PAD - 8);
  const y = (value: number) => 8 + ((high - value) / span) * (HEIGHT - 36);
  const path = (values: readonly number[]) =>
    values
      .map((value, i) => `${i === 0 ? 'M' : 'L'}${x(places[i]!).toFixed(1)} ${y(value).toFixed(1)}`)
      .join('');
  return `<figure>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${html(label)}">
<line x1="${PAD}" x2="${WIDTH - 8}" y1="${y(zero).toFixed(1)}" y2="${y(zero).toFixed(1)}" class="zero"/>
${lines.map(({ kind, values }) => `<path d="${path(values)}" class="${kind}"/>`).join('\n')}
<text x="${PAD - 6}" y="${(y(high) + 4).toFixed(1)}" text-anchor="end">${texts.valueText(high)}</text>
<text x="${PAD - 6}" y="${(y(low) + 4).toFixed(1)}" text-anchor="end">${texts.valueText(low)}</text>
<text x="${PAD}" y="${HEIGHT - 6}">${texts.placeText(first)}</text>
<text x="${WIDTH - 8}" y="${HEIGHT - 6}" text-anchor="end">${texts.placeText(last)}</text>
</svg>
<figcaption>${caption}</figcaption>
</figure>`;
}

const STYLE = `
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2024;background:#fff}
h1{font-size:1.4rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:1.6rem 0 .4rem;break-after:avoid}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #d9dde1;vertical-align:top}.n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}
tr.missed td:nth-child(2){color:#a4262c;font-weight:600}tr.met td:nth-child(2){color:#1b6e3c}tr.skipped{color:#60666c}
code{overflow-wrap:anywhere}.refusal{border-left:4px solid #a4262c;padding-left:.8rem}svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:currentColor}
path{fill:none;stroke-width:1.8}.own{stroke:#1a5fb4}.other{stroke:#60666c;stroke-dasharray:5 4}.zero{stroke:#b9bfc5}
@media(prefers-color-scheme:dark){body{background:#15181b;color:#e3e6e8}th,td{border-color:#3a4046}tr.missed td:nth-child(2),.refusal{color:#ff8a8a}tr.met td:nth-child(2){color:#7bd39b}tr.skipped{color:#a2a9b0}.own{stroke:#7ab7ff}.other{stroke:#a2a9b0}}
@media print{body{margin:0;max-width:none;background:#fff;color:#000}tr,figure{break-inside:avoid}}
`;
