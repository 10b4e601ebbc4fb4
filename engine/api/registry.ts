import type { Handlers } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import { journalCsv } from '../interchange/csv/journal.ts';
import { gateOptions, importedWish, placeIn, wishesOf } from '../registry/asked.ts';
import { reportHtml } from '../registry/report-html.ts';
import type { Registry } from '../registry/service.ts';
import type { Trainings } from '../schedule/trainings.ts';
import type { ClaimOutput } from './claim-output.ts';
import { exportVersion, type ModelExportDeps } from './model-export.ts';

type RegistryMethod = Extract<keyof Handlers, `production.${string}` | 'model.update'>;

export function registryHandlers(
  registry: Registry,
  trainings: Trainings,
  claimOutput: ClaimOutput,
  exporting: Pick<ModelExportDeps, 'analysis' | 'experts' | 'home' | 'now'>,
): Pick<Handlers, RegistryMethod> {
  return {
    'production.list': () => registry.list(),
    'production.show': (place) => registry.show(place),
    'production.journal'({ symbol, timeframe, regime, at, csv, overwrite }) {
      const place = placeIn(symbol, timeframe, regime);
      const name = place && modelName(place);
      const entries = registry.journal(name);
      const file = csv === undefined ? null : claimOutput(csv, overwrite);
      if (file !== null) writeFileAtomic(file, journalCsv(entries), USER_MODE);
      return {
        entries,
        file,
        inProduction: at === undefined ? [] : registry.inProduction(at, name),
      };
    },
    async 'production.register'({ champion, run, name, reason }) {
      if ((champion === undefined) === (run === undefined)) {
        throw new EngineError(
          'invalid-input',
          'A version is made of a champion or of a run: name one of them.',
        );
      }
      const source = champion === undefined ? { runId: run! } : { champion };
      return await registry.register({ source, place: name, reason });
    },
    async 'model.update'({ run, symbol, timeframe, regime, version, reason }) {
      const place = placeIn(symbol, timeframe, regime);
      if ((run === undefined) === (place === undefined)) {
        throw new EngineError(
          'invalid-input',
          'What is updated is a version of a name, or the newest one of a run: name a market, or a run.',
        );
      }
      if (place === undefined && version !== undefined) {
        throw new EngineError(
          'invalid-input',
          'A version belongs to a name: give its market instead of a run.',
        );
      }
      const of = place === undefined ? { runId: run! } : { place };
      return await registry.update({ of, version, reason: reason ?? null });
    },
    async 'production.validate'({ version, ...asked }) {
      const imported = importedWish(asked);
      if (imported === undefined) return await registry.validate(placeOf(asked), version, gateOptions(asked));
      if (version !== undefined) {
        throw new EngineError(
          'invalid-input',
          'A version or a model from elsewhere is asked: name one of them.',
        );
      }
      return await registry.validateImported(placeOf(asked), imported, gateOptions(asked));
    },
    'production.promote': ({ version, reason, ...asked }) =>
      registry.promote(placeOf(asked), version, { ...gateOptions(asked), reason: reason ?? null }),
    'production.plan': (asked) => registry.plan(wishesOf(asked)),
    'production.start': (asked) => trainings.start(asked),
    'production.trainings': () => trainings.told(),
    'production.training': ({ id }) => trainings.show(id),
    async 'production.train'({ outputJson, overwrite, ...asked }) {
      const file = outputJson === undefined ? null : claimOutput(outputJson, overwrite);
      const results = await trainings.run(asked);
      if (file !== null) writeFileAtomic(file, `${JSON.stringify({ results }, null, 2)}\n`, USER_MODE);
      return { results, file };
    },
    'production.compare': ({ version, against, ...place }) => registry.compare(place, version, against),
    'production.report'({ version, model, out, overwrite, ...place }) {
      const format = /\.(?<ending>html|json)$/i.exec(out)?.groups?.ending?.toLowerCase();
      if (format === undefined) {
        throw new EngineError(
          'invalid-input',
          `A report is written as .html or .json, found ${JSON.stringify(out)}.`,
        );
      }
      const report = registry.lastReport(place, model === undefined ? { version } : { sha256: model });
      const file = claimOutput(out, overwrite);
      const text = format === 'html' ? reportHtml(report) : `${JSON.stringify(report, null, 2)}\n`;
      writeFileAtomic(file, text, USER_MODE);
      return { file, version: report.version };
    },
    'production.export': (input) => exportVersion({ ...exporting, registry, claimOutput }, input),
    'production.rollback': ({ version, reason, ...place }) =>
      registry.rollback(place, version, reason ?? null),
    'production.retire': ({ reason, ...place }) => registry.retire(place, reason ?? null),
    'production.alias': ({ alias, version, ...place }) => registry.alias(place, alias, version),
  };
}

const placeOf = ({ symbol, timeframe, regime }: ModelPlace): ModelPlace => ({ symbol, timeframe, regime });
