import type { GateReportDto, JournalEntryDto, VersionDto } from '../../contract/dto/index.ts';
import { type Entry, metricsOf, nameOf, textsOf } from '../entry.ts';
import { configurationParams, strategyParams } from './configuration.ts';

export interface GateFiles {
  readonly html: (report: GateReportDto) => string;
}

/** What the gate said of a version, with its report. */
export function gateEntry(
  line: JournalEntryDto & { readonly gate: GateReportDto },
  { html }: GateFiles,
): Entry {
  const { gate: report } = line;
  const { validation, verdict, comparison } = report;
  const at = Date.parse(line.at);
  return {
    key: `gate/${line.id}`,
    version: 'whole',
    name: `gate: ${line.name} ${report.version ?? '(a model from elsewhere)'}`,
    parent: null,
    status: 'FINISHED',
    startedAt: Date.parse(report.at),
    endedAt: at,
    tags: textsOf({
      'regimen.kind': 'gate',
      'regimen.model': line.name,
      'regimen.version': report.version,
      'regimen.action': line.action,
      'regimen.by': line.by,
      'regimen.passed': report.passed,
      'regimen.skipped': report.skipped.join(', '),
      'regimen.verdict': verdict?.verdict,
      'regimen.comparison': comparison?.judgement,
      'mlflow.note.content': [line.reason, report.refusal].filter(Boolean).join('\n\n'),
    }),
    params: textsOf({ model: line.name, version: report.version, preset: report.preset }),
    metrics: metricsOf({
      ...Object.fromEntries(
        report.criteria
          .filter(({ errors }) => errors === 0)
          .flatMap(({ metric, value, baseRate }) => [
            [metric, value],
            [`${metric}_base_rate`, baseRate],
          ]),
      ),
      passed: report.passed ? 1 : 0,
      oos_sharpe: validation?.stitched.sharpe,
      oos_sharpe_error: validation?.stitched.standardError,
      oos_p: validation?.stitched.p,
      oos_trades: validation?.stitched.trades,
      difference_mean: comparison?.mean,
      difference_low: comparison?.low,
      difference_high: comparison?.high,
    }),
    files: [
      { path: 'gate.html', bytes: () => Buffer.from(html(report), 'utf8') },
      { path: 'gate.json', bytes: () => Buffer.from(`${JSON.stringify(report, null, 2)}\n`, 'utf8') },
    ],
  };
}

export interface VersionFilesOf {
  readonly model: () => Uint8Array;
  readonly manifest: () => Uint8Array;
}

/** A version with its model, registered under the name that it has here. */
export function versionEntry(version: VersionDto, { model, manifest }: VersionFilesOf): Entry {
  const at = Date.parse(version.createdAt);
  return {
    key: `version/${version.name}/${version.version}`,
    version: 'whole',
    name: `${version.name} ${version.version}`,
    parent: null,
    status: 'FINISHED',
    startedAt: at,
    endedAt: at,
    tags: textsOf({
      'regimen.kind': 'version',
      'regimen.model': version.name,
      'regimen.version': version.version,
      'regimen.run': version.run,
      'regimen.champion': version.champion,
      'regimen.parent': version.parent,
      'regimen.sha256': version.sha256,
    }),
    params: { ...configurationParams(version.configuration), ...strategyParams(version.strategy) },
    metrics: metricsOf({
      n_samples: version.trained.bars,
      ...Object.fromEntries(Object.entries(version.figures).map(([key, value]) => [nameOf(key), value])),
    }),
    files: [
      { path: `model/model_${version.version}.bin`, bytes: model },
      { path: `model/model_${version.version}.json`, bytes: manifest },
    ],
    model: {
      name: version.name,
      tags: textsOf({ 'regimen.version': version.version, 'regimen.run': version.run }),
    },
  };
}
