import type { Handlers, Input } from '../contract/api/index.ts';
import type { TrainingDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { GateOptions } from '../contract/gate-options.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import { journalCsv } from '../interchange/csv/journal.ts';
import { reportHtml } from '../registry/report-html.ts';
import type { Registry } from '../registry/service.ts';
import type { TrainWishes } from '../registry/train.ts';

import type { ClaimOutput } from './claim-output.ts';

type RegistryMethod = Extract<keyof Handlers, `production.${string}`>;

export function registryHandlers(
  registry: Registry,
  claimOutput: ClaimOutput,
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
    'production.validate': ({ version, ...asked }) =>
      registry.validate(placeOf(asked), version, gateOptions(asked)),
    'production.promote': ({ version, reason, ...asked }) =>
      registry.promote(placeOf(asked), version, { ...gateOptions(asked), reason: reason ?? null }),
    'production.plan': (asked) => registry.plan(wishesOf(asked)),
    'production.start': (asked) => registry.beginTraining(wishesOf(asked), askedAgain(asked)),
    'production.trainings': () => registry.trainings(),
    async 'production.train'({ outputJson, overwrite, ...asked }) {
      const file = outputJson === undefined ? null : claimOutput(outputJson, overwrite);
      const results = await registry.train(wishesOf(asked), askedAgain(asked));
      if (file !== null) writeFileAtomic(file, `${JSON.stringify({ results }, null, 2)}\n`, USER_MODE);
      return { results, file };
    },
    'production.compare': ({ version, against, ...place }) => registry.compare(place, version, against),
    'production.report'({ version, out, overwrite, ...place }) {
      const format = /\.(?<ending>html|json)$/i.exec(out)?.groups?.ending?.toLowerCase();
      if (format === undefined) {
        throw new EngineError(
          'invalid-input',
          `A report is written as .html or .json, found ${JSON.stringify(out)}.`,
        );
      }
      const report = registry.lastReport(place, version);
      const file = claimOutput(out, overwrite);
      const text = format === 'html' ? reportHtml(report) : `${JSON.stringify(report, null, 2)}\n`;
      writeFileAtomic(file, text, USER_MODE);
      return { file, version: report.version };
    },
    'production.rollback': ({ version, reason, ...place }) =>
      registry.rollback(place, version, reason ?? null),
    'production.retire': ({ reason, ...place }) => registry.retire(place, reason ?? null),
    'production.alias': ({ alias, version, ...place }) => registry.alias(place, alias, version),
  };
}

const placeOf = ({ symbol, timeframe, regime }: ModelPlace): ModelPlace => ({ symbol, timeframe, regime });

type Asked = Pick<
  Input<'production.validate'>,
  | 'preset'
  | 'minAccuracy'
  | 'minPrecision'
  | 'minRecall'
  | 'minF1'
  | 'minVerdict'
  | 'skipValidation'
  | 'force'
>;

function gateOptions(asked: Asked): GateOptions {
  const { preset, minVerdict, skipValidation, force } = asked;
  const { minAccuracy: accuracy, minPrecision: precision, minRecall: recall, minF1: f1 } = asked;
  const least = Object.entries({ accuracy, precision, recall, f1 }).filter(
    ([, value]) => value !== undefined,
  );
  return { preset, minVerdict, skipValidation, force, least: Object.fromEntries(least) };
}

function wishesOf({ symbol, timeframe, regime, reason, ...asked }: Input<'production.start'>): TrainWishes {
  const place = placeIn(symbol, timeframe, regime);
  return { ...asked, place, gate: gateOptions(asked), reason: reason ?? null };
}

/** As the method takes it. */
function askedAgain({ regime, ...asked }: Input<'production.start'>): TrainingDto['asked'] {
  return Object.fromEntries(
    Object.entries({ ...asked, regime: regime ?? 'all' }).filter(([, value]) => value !== undefined),
  );
}

/** One name, or all. */
function placeIn(
  symbol: ModelPlace['symbol'] | undefined,
  timeframe: ModelPlace['timeframe'] | undefined,
  regime: string | null,
): ModelPlace | undefined {
  if (symbol === undefined && timeframe === undefined) return undefined;
  if (symbol !== undefined && timeframe !== undefined) return { symbol, timeframe, regime };
  throw new EngineError(
    'invalid-input',
    'A name is a symbol and a timeframe: give both, or neither for all.',
  );
}
