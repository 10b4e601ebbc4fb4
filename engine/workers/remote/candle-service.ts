import { open } from 'node:fs/promises';
import { EngineError, toErrorDto } from '../../contract/errors.ts';
import { namedFile } from '../../files/named-file.ts';
import { candleFileName } from '../../market/series/candle-file.ts';
import type { StoredSeries } from '../../market/series/candle-source.ts';
import type { CandlePart } from './protocol.ts';

/** Bytes of a part: what Redis holds of a file at a time. */
const PART_BYTES = 4 * 1024 * 1024;

/** A part of the candle file of a series, from byte `at`, for a worker; or why there is none. */
export async function serveCandles(folder: string, series: StoredSeries, at: number): Promise<CandlePart> {
  const name = candleFileName(series);
  try {
    const file = await open(namedFile(folder, name), 'r');
    try {
      const { size } = await file.stat();
      // Not a Buffer: JSON would first make a list of numbers of it.
      const bytes = new Uint8Array(Math.max(0, Math.min(PART_BYTES, size - at)));
      await file.read(bytes, 0, bytes.length, at);
      return { bytes, size };
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof EngineError) return { error: toErrorDto(error) };
    const why = `The candle file ${name} can not be read on the host (${code}). Import the market again.`;
    return { error: toErrorDto(new EngineError('file-unreadable', why, { file: name }, error)) };
  }
}
