import { basename } from 'node:path';
import type {
  FilesImportDto,
  FilesPlanDto,
  ImportDto,
  InspectionDto,
  SeriesAction,
  SeriesChangeDto,
  SeriesDto,
  UndoDto,
} from '../../../engine/contract/dto/index.ts';
import type { QualityReport } from '../../../engine/contract/quality.ts';
import { sessionText } from '../../../engine/contract/session-text.ts';
import type { SpreadUnit } from '../../../engine/contract/spread-unit.ts';
import { COSTS_BY_IMPORT, READ_OTHERWISE } from '../hints.ts';
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
    for (const bad of result.badLines)
      lines.push(`  ${result.countedIn} ${bad.line}: ${bad.reason}: ${bad.text}`);
  }
  lines.push(...notesText(result.notes), ...costsText(series), qualityText(series));
  return lines.join('\n');
}

/** What each of several files gave, then the reasons of those that gave nothing, and what should be known of the others. */
export function filesText({ files, series, failed, leftOut }: FilesImportDto): string {
  const rows = files.map(({ file, symbol, timeframe, added, changed, same, refusal }) => [
    basename(file),
    symbol ?? '–',
    timeframe ?? '–',
    ...(refusal === null ? [added, changed, same].map(integer) : ['–', '–', '–']),
    refusal === null ? 'imported' : 'not imported',
  ]);
  const right = ['New', 'Changed', 'Unchanged'];
  const lines = [table(['File', 'Symbol', 'TF', ...right, 'Outcome'], rows, right), ''];
  for (const one of series) {
    lines.push(
      `${one.symbol} ${one.timeframe}: ${count(one.bars, 'bar')}, ${minute(one.first)} to ${minute(one.last)} UTC. ${qualityText(one)}`,
      ...costsText(one),
    );
  }
  lines.push(...filesNotes(files, leftOut));
  const imported = files.length - failed;
  lines.push(`${count(imported, 'file')} imported, ${integer(failed)} not.`);
  return lines.join('\n');
}

export function filesPlanText({ files, leftOut }: FilesPlanDto): string {
  const rows = files.map(({ file, symbol, timeframe, bars, first, last, timezone, refusal }) => [
    basename(file),
    symbol ?? '–',
    timeframe ?? '–',
    ...(refusal === null
      ? [integer(bars), minute(first), minute(last), timezone]
      : ['–', '–', '–', 'can not be imported']),
  ]);
  const head = ['File', 'Symbol', 'TF', 'Bars', 'First (UTC)', 'Last (UTC)', 'Zone'];
  return [table(head, rows, ['Bars']), '', ...filesNotes(files, leftOut)].join('\n').trimEnd();
}

function filesNotes(
  files: FilesPlanDto['files'] | FilesImportDto['files'],
  leftOut: readonly string[],
): string[] {
  const refused = files.flatMap(({ file, refusal }) =>
    refusal === null ? [] : [`not imported: ${refusal.includes(file) ? '' : `${file}: `}${refusal}`],
  );
  // A note that all files of a folder have in common is said once.
  const byNote = new Map<string, string[]>();
  for (const { file, notes } of files) {
    for (const note of notes) byNote.set(note, [...(byNote.get(note) ?? []), basename(file)]);
  }
  const notes = [...byNote].map(([note, names]) => `note: ${someOf(names)}: ${note}`);
  const others = leftOut.map((file) => basename(file));
  return [
    ...refused,
    ...notes,
    ...(notes.length === 0 ? [] : [`  ${READ_OTHERWISE}`]),
    ...(others.length === 0
      ? []
      : [`Left out, since their names are not those of market data: ${someOf(others)}.`]),
  ];
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${count(names.length - 3, 'more file')}` : shown;
}

const ACTIONS: Readonly<Record<SeriesAction, string>> = {
  import: 'import',
  replace: 'replacement',
  remove: 'removal',
  demo: 'demo market',
  watch: 'bars that were watched for',
  append: 'bars that a program sent',
};

function changeText({ action, source, at }: SeriesChangeDto): string {
  return `${ACTIONS[action]}${source === null ? '' : ` of ${source}`} at ${minute(at)} UTC`;
}

export function undoText({ undone, series, left }: UndoDto): string {
  const name = `${undone.symbol} ${undone.timeframe}`;
  const now =
    series === null
      ? `${name} is not stored, as before`
      : `${name} has its ${count(series.bars, 'bar')} again, ${minute(series.first)} to ${minute(series.last)} UTC`;
  const next = left[0];
  const further =
    next === undefined
      ? 'Nothing older of this series can be undone.'
      : `${count(left.length, 'older change')} of it can be undone, next the ${changeText(next)}.`;
  return `Undone: ${changeText(undone)}. ${now}.\n${further}`;
}

export function changesText(changes: readonly SeriesChangeDto[]): string {
  if (changes.length === 0) return 'Nothing can be undone.';
  const rows = changes.map((change) => [
    change.symbol,
    change.timeframe,
    changeText(change),
    change.barsBefore === 0 ? 'not stored' : count(change.barsBefore, 'bar'),
  ]);
  return table(['Symbol', 'TF', 'Change', 'Before it'], rows);
}

export function removedText({ removed }: { readonly removed: boolean }): string {
  return removed
    ? 'Removed. `regimen market undo` brings it back, for a month.'
    : 'There was no such series.';
}

/** What trading costs, or that nothing says so. */
function costsText({ roundTrip, costsAdvice }: Pick<SeriesDto, 'roundTrip' | 'costsAdvice'>): string[] {
  const lines = roundTrip === null ? [] : [`${roundTrip.text}.`];
  if (costsAdvice === null) return lines;
  return [...lines, `warning: ${costsAdvice} ${COSTS_BY_IMPORT}`];
}

function spreadText(unit: SpreadUnit): string {
  return `spreads in ${unit === 'price' ? 'price units' : unit}`;
}

function notesText(notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : [...notes.map((note) => `note: ${note}`), `  ${READ_OTHERWISE}`];
}

function qualityText({ quality, ruleNotes = [] }: SeriesDto): string {
  const found = issues(quality);
  const coverage = `${sessionText(quality)}; ${percent(quality.coverage)} of the bars that are due then`;
  const largest = (quality.gaps.largest ?? []).map(
    ({ from, to, bars }) => `${minute(from)} to ${minute(to)} (${count(bars, 'bar')})`,
  );
  const gaps =
    largest.length === 0
      ? ''
      : ` The largest ${largest.length === 1 ? 'gap' : 'gaps'}: ${largest.join(', ')}.`;
  return `Quality: ${coverage}; ${found.length === 0 ? 'nothing odd found' : found.join(', ')}.${[gaps, ...ruleNotes.map((note) => ` ${note}`)].join('')}`;
}

/** The findings that are not zero, in words. */
function issues(q: QualityReport): string[] {
  const findings: [number, string][] = [
    [q.gaps.count, `${count(q.gaps.count, 'gap')} (${count(q.gaps.missingBars, 'bar')})`],
    [q.duplicates, count(q.duplicates, 'duplicate')],
    [
      q.bodyOutsideRange.count,
      count(
        q.bodyOutsideRange.count,
        'bar with open or close outside low..high',
        'bars with open or close outside low..high',
      ),
    ],
    [q.flatBars.count, count(q.flatBars.count, 'flat bar')],
    [q.offGrid.count, count(q.offGrid.count, 'off-grid stamp')],
    [q.weekendBars.count, count(q.weekendBars.count, 'weekend bar')],
    [q.weekendStubs?.count ?? 0, count(q.weekendStubs?.count ?? 0, 'weekend stub')],
    [q.jumps.count, `${count(q.jumps.count, 'jump')} over 10 x the median range`],
    [
      q.dailyLeak.count,
      `${count(q.dailyLeak.count, 'bar')} with the whole day in ${q.dailyLeak.count === 1 ? 'it' : 'them'} (daily leak)`,
    ],
  ];
  return findings.filter(([n]) => n > 0).map(([, text]) => text);
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
    s.kind,
    s.quality.session === 'exchange-hours' ? 'hours' : sessionText(s.quality),
    s.roundTrip === null ? (s.costsAdvice === null ? '0' : 'not known') : percent(s.roundTrip.share, 3),
    issues(s.quality).join(', ') || 'nothing odd',
  ]);
  return table(
    [
      'Symbol',
      'TF',
      'Bars',
      'First (UTC)',
      'Last (UTC)',
      'Source',
      'Kind',
      'Trades',
      'Round trip',
      'Quality',
    ],
    rows,
    ['Bars', 'Round trip'],
  );
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
    for (const bad of file.problems)
      lines.push(`  ${file.countedIn} ${bad.line}: ${bad.reason}: ${bad.text}`);
  }
  if (file.duplicates > 0) lines.push(`${count(file.duplicates, 'row that comes', 'rows that come')} twice`);
  lines.push(...notesText(file.notes), ...costsText(file));
  if (file.firstLines.length > 0) lines.push('', ...file.firstLines);
  return lines.join('\n');
}
