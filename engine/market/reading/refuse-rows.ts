import { grouped } from '../../contract/counted.ts';
import { EngineError } from '../../contract/errors.ts';
import type { BarCollector } from './formats/bar-collector.ts';
import type { ShapeLines } from './formats/row-stamp.ts';
import type { MarketSource } from './source.ts';

/** More bad rows than this share, and the file is refused. */
const BAD_SHARE = 0.01;
/** Minutes of 38 years without a pause; a zip of a few MB can hold far more. */
const MOST_ROWS = 20_000_000;

export function refuseTooMany(file: string, rows: number): void {
  if (rows <= MOST_ROWS) return;
  throw new EngineError(
    'data-invalid',
    `${file} has more than the ${grouped(MOST_ROWS)} rows that are read. Export fewer years, or a longer timeframe.`,
    { file },
  );
}

/** A spreadsheet turns the dates that it understands into its own, and leaves the others as they were: which of both is right can't be told. */
export function refuseMixedDates(file: string, shapes: ShapeLines): void {
  const short = shapes.get('short year');
  const other = shapes.get('long year') ?? shapes.get('year first');
  const long = shapes.get('long year');
  const [one, two] =
    short !== undefined && other !== undefined ? [short, other] : [long, shapes.get('year first')];
  if (one === undefined || two === undefined) return;
  const [first, second] = one.line < two.line ? [one, two] : [two, one];
  throw new EngineError(
    'data-invalid',
    `${file} was not imported. It writes dates in two ways: "${first.text}" in line ${first.line}, "${second.text}" in line ${second.line}. ` +
      'A spreadsheet that was opened on it has changed the dates it took for its own, and mixed up days and months: export the file again, and do not save it from a spreadsheet.',
    { file, line: second.line },
  );
}

/** Refuses a file without rows, or with too many that can't be used. */
export function refuseBadData(
  { file, origin }: Pick<MarketSource, 'file' | 'origin'>,
  { length, rows, badRows, badLines }: BarCollector,
): void {
  const where = origin === undefined ? 'line' : 'row';
  const [first] = badLines;
  const problems = badLines.map(({ line, text, reason }) => ({
    path: `${where} ${line}`,
    message: `${reason}: ${text}`,
  }));
  const details = { file, line: first?.line, problems };
  if (rows === 0) {
    throw new EngineError(
      'data-invalid',
      `${file} has no rows of bars: there is nothing to import.`,
      details,
    );
  }
  if (first === undefined || (length > 0 && badRows <= rows * BAD_SHARE)) return;
  const share =
    length === 0 ? 'None of its rows can be used' : `${badRows} of its ${rows} rows can not be used`;
  throw new EngineError(
    'data-invalid',
    `${file} was not imported. ${share} (at most 1 % may be bad). ` +
      `The first: ${where} ${first.line}, ${first.reason}: "${first.text}".`,
    details,
  );
}
