import type { ImportDto, SeriesDto } from '../../../engine/contract/dto.ts';
import { count, integer, minute, table } from './format.ts';

export function importText(result: ImportDto): string {
  const { series, timezone } = result;
  const lines = [
    `${series.symbol} ${series.timeframe}: ${integer(result.added)} new, ${integer(result.changed)} changed, ` +
      `${integer(result.same)} unchanged; the series has ${count(series.bars, 'bar')}, ${minute(series.first)} to ${minute(series.last)} UTC.`,
    `Read as ${result.format}, times as ${timezone.name} (${timezone.source})` +
      `${result.priceScale === 1 ? '' : `, prices divided by ${integer(result.priceScale)}`}.`,
  ];
  if (result.badRows > 0) {
    lines.push(`${count(result.badRows, 'unusable row')} skipped:`);
    for (const bad of result.badLines) lines.push(`  line ${bad.line}: ${bad.reason}: ${bad.text}`);
  }
  lines.push(...result.notes.map((note) => `note: ${note}`), qualityText(series));
  return lines.join('\n');
}

/** The quality figures that are not zero. */
function qualityText(series: SeriesDto): string {
  return issues(series).length === 0 ? 'Quality: nothing found.' : `Quality: ${issues(series).join(', ')}.`;
}

function issues(series: SeriesDto): string[] {
  const { quality } = series;
  return quality.findings.filter((f) => f.count > 0).map((f) => `${integer(f.count)} ${f.title}`);
}

export function seriesText(list: readonly SeriesDto[]): string {
  if (list.length === 0)
    return 'No series yet. Import one with `regimen market import`, or run `regimen demo`.';
  const rows = list.map((s) => [
    s.symbol,
    s.timeframe,
    integer(s.bars),
    minute(s.first),
    minute(s.last),
    s.synthetic ? 'synthetic' : 'imported',
    issues(s).join(', ') || 'nothing found',
  ]);
  return table(['Symbol', 'TF', 'Bars', 'First (UTC)', 'Last (UTC)', 'Source', 'Quality'], rows, ['Bars']);
}
