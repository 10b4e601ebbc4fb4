import { EngineError, type Problem } from '../../contract/errors.ts';
import { detectEncoding, type TextEncodingName } from '../../contract/text-encoding.ts';
import { genericCsv } from './formats/generic-csv.ts';
import { type Recognized, recognizeBinary, recognizeText, type Unrecognized } from './formats/index.ts';
import type { TableOverrules } from './formats/sample.ts';
import type { MarketSource } from './source.ts';
import { decodeHead, isUtf8 } from './text-encoding.ts';

/**
 * The format that reads a file, and how. `instrument`: of a table that has several side by side, the one that is asked for.
 *
 * @throws EngineError `format-unknown`
 */
export function recognizeSource(
  source: MarketSource,
  overrules: TableOverrules,
  instrument?: string,
): {
  recognized: Recognized;
  encoding: TextEncodingName;
  text: string;
} {
  const binary = recognizeBinary(source.head);
  if (binary.kind !== 'unknown') return { recognized: binary, encoding: 'utf-8', text: '' };
  const detected = detectEncoding(source.head);
  const encoding = detected === 'utf-8' && !isUtf8(source.head) ? 'windows-1252' : detected;
  if (encoding === undefined) throw unknownFormat(source, 'It holds bytes that are no text.', binary.reasons);
  const text = decodeHead(source.head, encoding);
  const found = recognizeText(
    { text, whole: source.head.length === source.size, origin: source.origin },
    overrules,
    instrument,
  );
  if (found.kind !== 'unknown') return { recognized: found, encoding, text };
  const firstLine = text.split(/\r\n|\n|\r/, 1)[0]!.slice(0, 120);
  throw unknownFormat(source, `Its first line is "${firstLine}".`, [...found.reasons, ...binary.reasons]);
}

function unknownFormat(source: MarketSource, found: string, reasons: Unrecognized['reasons']): EngineError {
  const problems: Problem[] = reasons.map(({ format, reason }) => ({ path: format, message: reason }));
  const asCsv = reasons.find(({ format }) => format === genericCsv.name)?.reason;
  return new EngineError(
    'format-unknown',
    `${source.file} is in no format Regimen reads. ${source.origin === undefined ? found : `It is ${source.origin.container}. ${found}`}${asCsv === undefined ? '' : ` Even as plain CSV, ${asCsv}.`} ` +
      'Say what its columns are, or export it as CSV with a header such as time,open,high,low,close,volume.',
    { file: source.file, problems },
  );
}
