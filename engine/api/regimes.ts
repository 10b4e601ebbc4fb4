import type { Config } from '../config/schema.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { RegimeDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { namedFile } from '../files/named-file.ts';
import { volumeNotes } from '../grid/volume-notes.ts';
import { parseRegimes, regimeProblems } from '../regimes/definition.ts';
import { impliedShadows, impliedText } from '../regimes/implied.ts';
import { shadowText } from '../regimes/shadowed.ts';
import { volumeRules, volumeText } from '../regimes/volume-rules.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { configuredRegimes } from '../store/regimes.ts';
import type { SeriesTable } from '../store/schema.ts';
import { regimeHeatmap } from '../views/regime-heatmap.ts';
import { regimeDto } from '../views/regimes.ts';
import { namesWithoutVolume } from '../views/series.ts';
import type { Analysis } from '../workers/analysis.ts';
import { previewOf } from './regime-preview.ts';
import { changeConfig, type SettingsDeps } from './settings.ts';

type RegimeMethod = Extract<keyof Handlers, `regimes.${string}`>;

export interface RegimeDeps extends SettingsDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly analysis: Analysis;
}

export function regimeHandlers(deps: RegimeDeps): Pick<Handlers, RegimeMethod> {
  const { store, library, analysis } = deps;
  const fileOf = ({ file, digest }: SeriesTable) => ({ file: namedFile(library.folder, file), digest });
  const list = (): RegimeDto[] => configuredRegimes(store).map(regimeDto);
  return {
    'regimes.list': list,

    'regimes.save'({ regimes }) {
      const value: Config['regimes']['definitions'] = parseRegimes(regimes);
      changeConfig(deps, [{ keys: ['regimes', 'definitions'], value }]);
      return list();
    },

    'regimes.check': ({ regimes }) => regimeProblems(regimes),

    async 'regimes.notes'({ regimes: raw, symbol, timeframe }) {
      if (regimeProblems(raw).length > 0) return [];
      const regimes = parseRegimes(raw);
      const silent = namesWithoutVolume(library.list());
      const row = symbol && timeframe && library.find(symbol, timeframe);
      const shadowed = row ? await analysis.shadowed({ ...fileOf(row), regimes }) : [];
      return [
        ...impliedShadows(regimes).map((one) => ({ regime: one.name, note: impliedText(one) })),
        ...(silent.length === 0 ? [] : volumeRules(regimes)).map((rule) => ({
          regime: rule.name,
          note: volumeText(rule, silent),
        })),
        ...shadowed.map((one) => ({ regime: one.name, note: shadowText(one, `${symbol} ${timeframe}`) })),
      ];
    },

    'regimes.preview': ({ regimes }) => previewOf(deps, parseRegimes(regimes)),

    async 'regimes.test'({ symbol, timeframe, regimes: raw, chartBars }) {
      const regimes = parseRegimes(raw);
      const series = await library.loadSoon(symbol, timeframe, analysis);
      if (series === undefined) {
        throw new EngineError(
          'not-found',
          `There are no candles of ${symbol} for ${timeframe}: neither that timeframe nor a shorter one is stored. Import candles of it first.`,
          { remedy: 'import-candles' },
        );
      }
      const { candles } = series;
      const { summaries, labels, shadowed } = await analysis.label({ candles, regimes });
      const from = Math.max(0, candles.length - chartBars);
      return {
        symbol,
        timeframe,
        bars: candles.length,
        regimes: summaries,
        notes: [
          ...shadowed.map((one) => shadowText(one, `${symbol} ${timeframe}`)),
          ...volumeNotes(regimes, { symbol: [symbol], timeframe: [timeframe] }, () => candles),
        ],
        chart: {
          time: Array.from(candles.time.subarray(from)),
          close: Array.from(candles.close.subarray(from)),
          label: Array.from(labels.subarray(from)),
        },
      };
    },

    'regimes.heatmap': (series) => regimeHeatmap(store, series),
  };
}
