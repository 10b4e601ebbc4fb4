import type { GateLineDto, GateReportDto } from '../contract/dto/index.ts';
import { gateSubject } from '../contract/gate-subject.ts';
import { wayTexts } from '../contract/gate-ways.ts';

/** A text as HTML has it. */
function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const WORDS: Readonly<Record<GateLineDto['state'], string>> = {
  met: '✓ met',
  missed: '✗ missed',
  skipped: '– skipped',
};

/** One file that needs no other: what the gate asked of a version and what it found. It prints on one or two pages. */
export function reportHtml(report: GateReportDto): string {
  const { name, at, passed, refusal, ways = [], lines, skipped, comparison, expiresAt } = report;
  const title = `${name}, ${gateSubject(report)}: gate ${passed ? 'passed' : 'refused'}`;
  const rows = lines.map(
    (line) =>
      `<tr class="${line.state}"><td>${html(line.title)}</td><td>${WORDS[line.state]}</td><td class="n">${number(line.value)}</td><td class="n">${number(line.threshold)}</td><td class="n">${number(line.base)}</td><td class="n">${number(line.lift)}</td><td>${html(line.text)}</td></tr>`,
  );
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
<p>Asked on ${html(at.slice(0, 16).replace('T', ' '))} UTC.${expiresAt === null ? '' : ` Expires on ${html(expiresAt.slice(0, 10))}.`}${skipped.length === 0 ? '' : ` Not asked: ${html(skipped.join(', '))}.`}</p>
${
  refusal === null
    ? ''
    : `<div class="refusal"><p>${html(refusal)}</p>${
        ways.length === 0
          ? ''
          : `<ul>${wayTexts(ways, null)
              .map((text) => `<li>${html(text)}</li>`)
              .join('')}</ul>`
      }</div>`
}${fingerprint(report)}
<div class="wide"><table>
<thead><tr><th>What</th><th></th><th class="n">Found</th><th class="n">Asked</th><th class="n">Base rate</th><th class="n">Lift</th><th>In words</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
${chart(report)}
${comparison === null ? '' : `<p>Against version ${html(comparison.against)}: ${html(comparison.judgement)}.</p>`}
</body>
</html>
`;
}

/** Of a model from elsewhere, which file it was. */
function fingerprint({ imported }: GateReportDto): string {
  if (imported === undefined) return '';
  const { sha256, run, trees } = imported;
  return `
<p>A model from elsewhere, ${trees} trees, with features, horizon and strategy of run ${html(run)}. SHA-256 <code>${html(sha256)}</code>. That it learned from no later bar is what who asked says; nothing in the file tells.</p>`;
}

function number(value: number | null): string {
  if (value === null) return '–';
  return Math.abs(value) >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(3);
}

const WIDTH = 720;
const HEIGHT = 240;
const PAD = 44;

/** Cumulated net log return of the test windows, day by day, with production's where there is one. */
function chart({ curve, comparison, ...report }: GateReportDto): string {
  if (curve === null || curve.days.length < 2) return '';
  const { days, own, production } = curve;
  const all = [0, ...own, ...(production ?? [])];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const span = high - low || 1;
  const [first, last] = [days[0]!, days.at(-1)!];
  const x = (day: number) => PAD + ((day - first) / (last - first || 1)) * (WIDTH - PAD - 8);
  const y = (value: number) => 8 + ((high - value) / span) * (HEIGHT - 36);
  const path = (values: readonly number[]) =>
    values
      .map((value, i) => `${i === 0 ? 'M' : 'L'}${x(days[i]!).toFixed(1)} ${y(value).toFixed(1)}`)
      .join('');
  const day = (of: number) => new Date(of * 86_400_000).toISOString().slice(0, 10);
  const percent = (value: number) => `${(100 * Math.expm1(value)).toFixed(1)} %`;
  return `<figure>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Net return through the test windows">
<line x1="${PAD}" x2="${WIDTH - 8}" y1="${y(0).toFixed(1)}" y2="${y(0).toFixed(1)}" class="zero"/>
${production === null ? '' : `<path d="${path(production)}" class="other"/>`}
<path d="${path(own)}" class="own"/>
<text x="${PAD - 6}" y="${(y(high) + 4).toFixed(1)}" text-anchor="end">${percent(high)}</text>
<text x="${PAD - 6}" y="${(y(low) + 4).toFixed(1)}" text-anchor="end">${percent(low)}</text>
<text x="${PAD}" y="${HEIGHT - 6}">${day(first)}</text>
<text x="${WIDTH - 8}" y="${HEIGHT - 6}" text-anchor="end">${day(last)}</text>
</svg>
<figcaption>Net return through the test windows: ${html(gateSubject(report))}${production === null || comparison === null ? '' : `, dashed: version ${html(comparison.against)} in production`}. Time between windows is drawn as a straight line.</figcaption>
</figure>`;
}

const STYLE = `
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2024;background:#fff}
h1{font-size:1.4rem}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #d9dde1;vertical-align:top}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tr.missed td:nth-child(2){color:#a4262c;font-weight:600}tr.met td:nth-child(2){color:#1b6e3c}tr.skipped{color:#60666c}
code{overflow-wrap:anywhere}.refusal{border-left:4px solid #a4262c;padding-left:.8rem}svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:currentColor}
path{fill:none;stroke-width:1.8}.own{stroke:#1a5fb4}.other{stroke:#60666c;stroke-dasharray:5 4}.zero{stroke:#b9bfc5}
@media(prefers-color-scheme:dark){body{background:#15181b;color:#e3e6e8}th,td{border-color:#3a4046}tr.missed td:nth-child(2),.refusal{color:#ff8a8a}tr.met td:nth-child(2){color:#7bd39b}tr.skipped{color:#a2a9b0}.own{stroke:#7ab7ff}.other{stroke:#a2a9b0}}
@media print{body{margin:0;max-width:none;background:#fff;color:#000}tr,figure{break-inside:avoid}}
`;
