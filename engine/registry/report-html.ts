import type { GateLineDto, GateReportDto } from '../contract/dto/index.ts';
import { gateSubject } from '../contract/gate-subject.ts';
import { wayTexts } from '../contract/gate-ways.ts';
import { decimalText, percentText } from '../contract/number-text.ts';
import { html, htmlChart, htmlPage } from '../interchange/html/page.ts';

const WORDS: Readonly<Record<GateLineDto['state'], string>> = {
  met: '✓ met',
  missed: '✗ missed',
  skipped: '– skipped',
};

/** One file that needs no other: what the gate asked of a version and what it found. It prints on one or two pages. */
export function reportHtml(report: GateReportDto): string {
  const { name, passed } = report;
  return htmlPage(`${name}, ${gateSubject(report)}: gate ${passed ? 'passed' : 'refused'}`, gateBody(report));
}

/** The same as a part of a page. */
export function gateBody(report: GateReportDto): string {
  const { at, refusal, ways = [], lines, skipped, comparison, expiresAt } = report;
  const rows = lines.map(
    (line) =>
      `<tr class="${line.state}"><td>${html(line.title)}</td><td>${WORDS[line.state]}</td><td class="n">${number(line.value)}</td><td class="n">${number(line.threshold)}</td><td class="n">${number(line.base)}</td><td class="n">${number(line.lift)}</td><td>${html(line.text)}</td></tr>`,
  );
  return `<p>Asked on ${html(at.slice(0, 16).replace('T', ' '))} UTC.${expiresAt === null ? '' : ` Expires on ${html(expiresAt.slice(0, 10))}.`}${skipped.length === 0 ? '' : ` Not asked: ${html(skipped.join(', '))}.`}</p>
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
${comparison === null ? '' : `<p>Against version ${html(comparison.against)}: ${html(comparison.judgement)}.</p>`}`;
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
  return Math.abs(value) >= 100 || Number.isInteger(value)
    ? decimalText(value, 0)
    : value.toPrecision(3).replace('-', '−');
}

/** Cumulated net log return of the test windows, day by day, with production's where there is one. */
function chart({ curve, comparison, ...report }: GateReportDto): string {
  if (curve === null || curve.days.length < 2) return '';
  const { days, own, production } = curve;
  return htmlChart({
    x: days,
    lines: [
      ...(production === null ? [] : [{ kind: 'other' as const, values: production }]),
      { kind: 'own', values: own },
    ],
    zero: 0,
    label: 'Net return through the test windows',
    caption: `Net return through the test windows: ${html(gateSubject(report))}${production === null || comparison === null ? '' : `, dashed: version ${html(comparison.against)} in production`}. Time between windows is drawn as a straight line.`,
    valueText: (value) => percentText(Math.expm1(value), 1),
    placeText: (of) => new Date(of * 86_400_000).toISOString().slice(0, 10),
  });
}
