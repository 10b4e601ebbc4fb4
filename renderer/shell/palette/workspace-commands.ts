import { IconChartCandle, IconHistory, IconStack2, IconTag, IconTrophy } from '@tabler/icons-react';
import type {
  ChampionDto,
  ModelNameDto,
  QueueDto,
  RunDto,
  SeriesDto,
} from '../../../engine/contract/dto/index.ts';
import { verdictText } from '../../../engine/contract/verdict.ts';
import { go } from '../../state/index.ts';
import { championTitle, configurationText, jobWords, nameTitle } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import type { Command, CommandGroup } from './command.ts';
import { texts } from './texts.ts';

/** What is found in the workspace. */
export interface Findable {
  readonly champions: readonly ChampionDto[];
  readonly jobs: readonly QueueDto[];
  readonly models: readonly ModelNameDto[];
  readonly series: readonly SeriesDto[];
  /** Those that the engine found for the present words. */
  readonly runs: readonly RunDto[];
}

/** How names are shown. */
export interface Titles {
  readonly model: (name: string) => string;
  readonly regime: (name: string) => string;
}

/** Champions, jobs, models in use, markets: each leads to its page. */
export function workspaceCommands(
  { champions, jobs, models, series }: Findable,
  titles: Titles,
): CommandGroup[] {
  return [
    { title: common.champions, commands: champions.map((champion) => championCommand(champion, titles)) },
    { title: texts.jobs, commands: jobs.map(jobCommand) },
    { title: texts.modelsInRegistry, commands: models.map((name) => modelCommand(name, titles)) },
    { title: texts.marketData, commands: series.map(seriesCommand) },
  ];
}

/** Runs come as the engine found them, in its order. */
export function runCommands({ runs }: Findable, titles: Titles): Command[] {
  return runs.map((run) => {
    const { subject, rest } = configurationText(run, titles.model);
    return {
      id: `run ${run.id}`,
      label: texts.runId({ id: run.id, subject }),
      detail: rest,
      icon: IconHistory,
      act: () => go('history', { run: String(run.id) }),
    };
  });
}

function championCommand(champion: ChampionDto, titles: Titles): Command {
  const { regime, modelType, verdict } = champion;
  return {
    id: `champion ${champion.champion} ${champion.runId}`,
    label: championTitle(champion.champion, titles.regime),
    detail: `${titles.model(modelType)}, ${verdictText(verdict)}`,
    words: texts.championRegimeModelType({ regime, modelType }),
    icon: IconTrophy,
    act: () => go('evidence', { champion: champion.champion }),
  };
}

function jobCommand({ id, name, kind, state }: QueueDto): Command {
  return {
    id: `job ${id}`,
    label: name,
    detail: texts.jobIdState({ id, state }),
    words: texts.queueKindUnit({ kind, unit: jobWords(kind).unit }),
    icon: IconStack2,
    act: () => go('queue', { queue: String(id) }),
  };
}

function modelCommand({ name, regime, production }: ModelNameDto, titles: Titles): Command {
  return {
    id: `model ${name}`,
    label: nameTitle(name, titles.regime),
    detail: production === null ? texts.nobodyInCharge : texts.versionInCharge({ production }),
    words: texts.registryVersionProduction({ regime: regime === null ? 'all' : titles.regime(regime) }),
    icon: IconTag,
    act: () => go('registry', { name }),
  };
}

function seriesCommand({ symbol, timeframe }: SeriesDto): Command {
  return {
    id: `series ${symbol} ${timeframe}`,
    label: `${symbol} ${timeframe}`,
    detail: texts.candles,
    words: texts.marketDataSeriesChart,
    icon: IconChartCandle,
    act: () => go('data', { tab: 'market', series: `${symbol} ${timeframe}` }),
  };
}
