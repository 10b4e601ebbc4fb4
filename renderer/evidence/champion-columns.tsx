import type { AxisKey } from '../../engine/contract/axes.ts';
import { CHAMPION_COLUMNS, championColumn } from '../../engine/contract/champion-columns.ts';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { formatHash } from '../state/ui.ts';
import { createColumnChoice, type TableColumn, tableClasses } from '../table/index.ts';
import {
  axisHead,
  axisText,
  COLUMN_AXES,
  DASH,
  formatFigure,
  formatMinute,
  GLOSSARY,
  isSigned,
  sharpeText,
  sharpeTone,
  type TermName,
  VerdictBadge,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './evidence.module.css';
import { texts } from './texts.ts';

/** What names are called on the screen, and from how many trades on a figure says something. */
export interface ChampionContext {
  modelTitle(modelType: string): string;
  regimeTitle(regime: string): string;
  readonly minTrades: number | undefined;
}

export type ChampionTableColumn = TableColumn<ChampionDto, ChampionContext>;

type Look = Omit<ChampionTableColumn, 'key' | 'sort'>;

/** A figure of the selection window, gray where too few trades stand behind it. */
function figure(term: TermName, key: string, more: Partial<Look> = {}): Look {
  const value = (champion: ChampionDto) => championColumn(key)!.of(champion) as number | null;
  const signed = isSigned(term);
  return {
    header: GLOSSARY[term].title,
    about: GLOSSARY[term].text,
    numeric: true,
    rem: 5,
    isOptional: true,
    cell: (champion) => formatFigure(term, value(champion)),
    tone: (champion, { minTrades }) =>
      sharpeTone({ ...champion, sharpe: signed ? value(champion) : 0 }, undefined, minTrades),
    ...more,
  };
}

const SHOWN_AXES: readonly AxisKey[] = ['symbol', 'timeframe', 'modelType'];

const AXES: Readonly<Record<string, Look>> = Object.fromEntries(
  COLUMN_AXES.map((axis): [string, Look] => [
    axis.key,
    {
      header: axisHead(axis),
      about: axis.about,
      numeric: axis.head.isNumber,
      rem: axis.key === 'modelType' ? 8 : axis.key === 'timeframe' ? 4.5 : 6.5,
      ...(axis.key === 'modelType' ? { grow: 1 } : {}),
      className: tableClasses.clipped,
      isOptional: !SHOWN_AXES.includes(axis.key),
      cell: (champion, { modelTitle }) =>
        axisText(
          axis.key,
          (championColumn(axis.key)?.of(champion) ?? axis.initial) as Parameters<typeof axisText>[1],
          modelTitle,
        ),
    },
  ]),
);

const yes = (key: string, header: string, about: string): Look => ({
  header,
  about,
  rem: 5,
  isOptional: true,
  cell: (champion) => (championColumn(key)!.of(champion) === true ? 'yes' : ''),
});

/** Of each column that the engine sorts and filters by; the compiler can't see that none is missing, its test does. */
const LOOKS: Readonly<Record<string, Look>> = {
  ...AXES,
  regime: {
    header: common.regime,
    rem: 9,
    grow: 1.2,
    className: tableClasses.clipped,
    cell: ({ champion, regime }, { regimeTitle }) => (
      <a className={classes.link} href={formatHash('evidence', { champion })}>
        {regimeTitle(regime)}
      </a>
    ),
    title: ({ champion }) => champion,
  },
  verdict: {
    header: common.verdict,
    about: texts.whatEvidenceSaysOfIt,
    rem: 7.25,
    cell: ({ verdict }) => <VerdictBadge verdict={verdict} reason="" />,
    title: ({ verdictReason }) => verdictReason,
  },
  synthetic: yes('synthetic', common.synthetic, texts.trainedOnSyntheticMarket),
  sharpe: {
    ...figure('sharpe', 'sharpe'),
    rem: 6,
    isOptional: false,
    cell: (champion) => sharpeText(champion),
    tone: (champion, { minTrades }) => sharpeTone(champion, champion.luck.sharpe, minTrades),
  },
  sharpeError: figure('sharpeError', 'sharpeError'),
  outOfSample: {
    header: GLOSSARY.outOfSample.title,
    about: GLOSSARY.outOfSample.text,
    numeric: true,
    rem: 6.5,
    cell: ({ outOfSample }) => (outOfSample === null ? DASH : sharpeText(outOfSample)),
    tone: ({ outOfSample }, { minTrades }) =>
      outOfSample === null ? undefined : sharpeTone(outOfSample, undefined, minTrades),
  },
  p: {
    ...figure('familyWiseP', 'p', { header: common.p, rem: 4.5, isOptional: false }),
    tone: () => undefined,
  },
  luck: {
    ...figure('luck', 'luck', { rem: 4.5, isOptional: false, isWideOnly: true }),
    tone: () => undefined,
  },
  composite: figure('composite', 'composite'),
  roi: figure('roi', 'roi'),
  totalReturn: figure('totalReturn', 'totalReturn'),
  maxDrawdown: figure('maxDrawdown', 'maxDrawdown', {
    header: common.drawdown,
    isOptional: false,
    isWideOnly: true,
  }),
  winRate: figure('winRate', 'winRate'),
  trades: figure('trades', 'trades', { rem: 4, isOptional: false }),
  profitFactor: figure('profitFactor', 'profitFactor'),
  expectancy: figure('expectancy', 'expectancy'),
  sortino: figure('sortino', 'sortino'),
  calmar: figure('calmar', 'calmar'),
  exposure: figure('exposure', 'exposure'),
  holdoutSharpe: {
    header: GLOSSARY.holdoutSharpe.title,
    about: GLOSSARY.holdoutSharpe.text,
    numeric: true,
    rem: 6.5,
    isOptional: true,
    cell: ({ holdout }) => (holdout === null ? common.hidden : sharpeText(holdout)),
    title: ({ holdoutLook }) => holdoutLook.hidden ?? '',
  },
  job: {
    header: common.job,
    about: texts.jobThatTrainedItsRun,
    rem: 7,
    isOptional: true,
    className: tableClasses.clipped,
    cell: ({ job }) => (job === null ? null : `${job.queueId} ${job.name}`),
    title: ({ job }) => job?.name ?? '',
  },
  favorite: yes('favorite', texts.favorite, texts.somebodyKeepsItsRunAmong),
  tags: {
    header: texts.tags,
    rem: 6,
    isOptional: true,
    className: tableClasses.clipped,
    cell: ({ marks }) => marks?.tags.join(', '),
  },
  note: {
    header: common.note,
    rem: 8,
    grow: 1,
    isOptional: true,
    className: tableClasses.clipped,
    cell: ({ marks }) => marks?.note,
    title: ({ marks }) => marks?.note ?? '',
  },
  run: {
    header: common.run,
    about: texts.uuidOfRun,
    rem: 5,
    isOptional: true,
    className: tableClasses.uuid,
    cell: ({ runId }) => runId.slice(0, 8),
    title: ({ runId }) => runId,
  },
  achievedAt: {
    header: common.since,
    isTime: true,
    about: texts.whenItWonItsPlace,
    rem: 8,
    isOptional: true,
    cell: ({ achievedAt }) => formatMinute(achievedAt),
  },
};

/** All columns that there are, in the engine's order. */
export const CHAMPION_TABLE: readonly ChampionTableColumn[] = CHAMPION_COLUMNS.flatMap(({ key }) => {
  const look = LOOKS[key];
  return look === undefined ? [] : [{ ...look, key, sort: key }];
});

export const CHAMPION_CHOICE = createColumnChoice('regimen.champions.columns', CHAMPION_TABLE);
