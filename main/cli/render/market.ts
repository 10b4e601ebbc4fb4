import type { ImportDto, InspectionDto, SeriesDto } from '../../../engine/contract/dto/index.ts';
import type { QualityReport } from '../../../engine/contract/quality.ts';
import type { SpreadUnit } from '../../../engine/contract/spread-unit.ts';
import { READ_OTHERWISE } from '../hints.ts';
import { count, integer, minute, percent, table } from './format.ts';

export function importText(result: ImportDto): string {
  const { series, timezone } = result;
  const lines = [
    `${series.symbol} ${series.timeframe}: ${integer(result.added)} new, ${integer(result.changed)} changed, ` +
      `${integer(result.same)} unchanged; the series has ${count(series.bars, 'bar')}, ${minute(series.first)} to ${minute(series.last)} UTC.`,
    `Read as ${result.format}, times as ${timezone.name} (${timezone.source})` +
      `${result.priceScale === 1 ? '' : `, prices divided by ${integer(result.priceScale)}`}` +
      `${result.spreadUnit === undefined ? '' : `, ${spreadText(result.spreadUnit)}`}.`,
  ];
  if (result.badRows > 0) {
    lines.push(`${count(result.badRows, 'unusable row')} skipped:`);
    for (const bad of result.badLines) lines.push(`  line ${bad.line}: ${bad.reason}: ${bad.text}`);
  }
  lines.push(...notesText(result.notes), qualityText(series));
  return lines.join('\n');
}

function spreadText(unit: SpreadUnit): string {
  return `spreads in ${unit === 'price' ? 'price units' : unit}`;
}

function notesText(notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : [...notes.map((note) => `note: ${note}`), `  ${READ_OTHERWISE}`];
}

function qualityText({ quality }: SeriesDto): string {
  const found = issues(quality);
  const coverage = `${percent(quality.coverage)} of the bars the trading week asks for`;
  return `Quality: ${coverage}; ${found.length === 0 ? 'nothing odd found' : found.join(', ')}.`;
}

/** The findings that are not zero, in words. */
function issues(q: QualityReport): string[] {
  const findings: [number, string][] = [
    [q.gaps.count, `gaps (${integer(q.gaps.missingBars)} bars)`],
    [q.duplicates, 'duplicates'],
    [q.bodyOutsideRange.count, 'open or close outside low..high'],
    [q.flatBars.count, 'flat bars'],
    [q.offGrid.count, 'off-grid stamps'],
    [q.weekendBars.count, 'weekend bars'],
    [q.jumps.count, 'jumps over 10 x the median range'],
    [q.dailyLeak.count, 'bars with the whole day in them (daily leak)'],
  ];
  return findings.filter(([n]) => n > 0).map(([n, title]) => `${integer(n)} ${title}`);
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
    issues(s.quality).join(', ') || 'nothing odd',
  ]);
  return table(['Symbol', 'TF', 'Bars', 'First (UTC)', 'Last (UTC)', 'Source', 'Quality'], rows, ['Bars']);
}

export function inspectionText(file: InspectionDto): string {
  const lines = [
    `${file.title}: ${count(file.bars, 'bar')}, ${minute(file.first)} to ${minute(file.last)} UTC`,
    `times as ${file.timezone.name} (${file.timezone.source})`,
    `symbol ${file.symbol ?? 'not named in the file'}, timeframe ${file.timeframe ?? 'not recognized'}`,
    file.priceScale === 1 ? 'prices as quoted' : `prices multiplied by ${integer(file.priceScale)}`,
  ];
  if (file.spreadUnit !== undefined) lines.push(spreadText(file.spreadUnit));
  if (file.columns.length > 0) lines.push(`columns: ${file.columns.join(', ')}`);
  if (file.badRows > 0) {
    lines.push(`${count(file.badRows, 'unusable row')}:`);
    for (const bad of file.problems) lines.push(`  line ${bad.line}: ${bad.reason}: ${bad.text}`);
  }
  if (file.duplicates > 0) lines.push(`${count(file.duplicates, 'row')} that comes twice`);
  lines.push(...notesText(file.notes));
  if (file.firstLines.length > 0) lines.push('', ...file.firstLines);
  return lines.join('\n');
}
