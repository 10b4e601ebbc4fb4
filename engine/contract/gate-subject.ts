import type { GateReportDto } from './dto/index.ts';

/** Of whom a gate was asked: `version 20261128_143022`, or `model.json, which learned until 2025-06-30`. */
export function gateSubject({ version, imported }: Pick<GateReportDto, 'version' | 'imported'>): string {
  return imported === undefined
    ? `version ${version}`
    : `${imported.file}, which learned until ${imported.trainedUntil}`;
}

/** As part of a file's name: the version, or `imported` and the first digits of the model's checksum. */
export function gateFileName({ version, imported }: Pick<GateReportDto, 'version' | 'imported'>): string {
  return version ?? `imported_${imported!.sha256.slice(0, 12)}`;
}
