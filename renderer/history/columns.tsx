import type { HistorySort } from '../../engine/contract/api/results.ts';
import type { AxisKey } from '../../engine/contract/axes.ts';
import type { ChampionDto, RunDto } from '../../engine/contract/dto/index.ts';
import { RUN_FIGURES, type RunFigureKey } from '../../engine/contract/run-figures.ts';
import { createColumnChoice, type TableColumn, tableClasses } from '../table/index.ts';
import {
  axisHead,
  axisText,
  COLUMN_AXES,
  formatDuration,
  formatFigure,
  formatMinute,
  GLOSSARY,
  isSigned,
  marksText,
  StatusBadge,
  sharpeText,
  sharpeTone,
  type TermName,
  VerdictBadge,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './history.module.css';
import { texts } from './texts.ts';

/** What names are called on the screen, as `useModelTitle` and `useRegimeTitle` give them, and `useMinTrades`. */
export interface RowContext {
  modelTitle(modelType: string): string;
  regimeTitle(regime: string): string;
  /** Champions that a run is, best evidence first; `championsByRun`. */
  readonly champions: ReadonlyMap<string, readonly ChampionDto[]>;
  readonly minTrades: number | undefined;
}

/** Of a run. */
export interface RunColumn extends TableColumn<RunDto, RowContext> {
  readonly sort?: HistorySort | undefined;
}

const regimesOf = (run: RunDto, { regimeTitle }: RowContext) => run.bestRegimes.map(regimeTitle).join(', ');

/** Where a name may be long, or a word more than its cell holds. */
const AXIS_WIDTHS: Readonly<Partial<Record<AxisKey, Pick<RunColumn, 'rem' | 'grow' | 'className'>>>> = {
  modelType: { rem: 7.5, grow: 1.2, className: tableClasses.clipped },
  symbol: { rem: 6.75, className: tableClasses.clipped },
  timeframe: { rem: 4.25 },
  daysHistory: { rem: 3 },
  horizon: { rem: 3.75 },
};

const AXIS_COLUMNS = COLUMN_AXES.map(
  (axis): RunColumn => ({
    key: axis.key,
    header: axisHead(axis),
    about: axis.about,
    sort: axis.sorted === true ? (axis.key as HistorySort) : undefined,
    numeric: axis.head.isNumber,
    ...(AXIS_WIDTHS[axis.key] ?? { rem: 6, className: tableClasses.clipped }),
    isOptional: axis.head.isOptional,
    cell: (run, { modelTitle }) => axisText(axis.key, run[axis.key], modelTitle),
  }),
);

/** A figure of the run's best strategy, gray where too few trades stand behind it. */
function figure(
  key: string,
  term: TermName,
  of: (run: RunDto) => number | null,
  more: Pick<RunColumn, 'sort' | 'rem'> & Partial<RunColumn>,
): RunColumn {
  const signed = isSigned(term);
  return {
    key,
    header: GLOSSARY[term].title,
    about: GLOSSARY[term].text,
    numeric: true,
    cell: (run) => formatFigure(term, of(run)),
    tone: (run, { minTrades }) => sharpeTone({ ...run, sharpe: signed ? of(run) : 0 }, undefined, minTrades),
    ...more,
  };
}

/** Those that every history shows; the others are chosen. */
const SHOWN_FIGURES: Readonly<Partial<Record<RunFigureKey, Partial<RunColumn>>>> = {
  maxDrawdown: { header: common.drawdown, isOptional: false, isWideOnly: true, rem: 4.75 },
  trades: { isOptional: false, isWideOnly: true, rem: 3.25 },
};

const FIGURE_COLUMNS = (Object.keys(RUN_FIGURES) as RunFigureKey[]).map((key) =>
  figure(key, key, RUN_FIGURES[key].of, { sort: key, rem: 5, isOptional: true, ...SHOWN_FIGURES[key] }),
);

const SHARPE = figure('sharpe', 'bestSharpe', (run) => run.sharpe, {
  header: common.sharpe,
  sort: 'sharpe',
  rem: 5.25,
  cell: (run) => sharpeText(run),
});

/** Of the predictions, whatever a strategy made of them: no number of trades stands behind them. */
const prediction = (term: 'rankIc' | 'r2' | 'rmse' | 'mae', sort?: HistorySort): RunColumn => ({
  ...figure(term, term, (run) => run[term], { sort, rem: 4.5, isOptional: true }),
  tone: () => undefined,
});

/** All columns that there are, in their order. */
export const RUN_COLUMNS: readonly RunColumn[] = [
  {
    key: 'id',
    header: texts.id,
    sort: 'id',
    numeric: true,
    rem: 3,
    cell: (run) => (run.marks?.favorite ? `★ ${run.id}` : run.id),
  },
  {
    key: 'uuid',
    header: texts.uuid,
    rem: 4.75,
    isOptional: true,
    className: tableClasses.uuid,
    cell: (run) => run.uuid.slice(0, 8),
    title: (run) => run.uuid,
  },
  {
    key: 'marks',
    header: common.marks,
    about: texts.favoriteTagsAndNote,
    rem: 6,
    isOptional: true,
    className: tableClasses.clipped,
    cell: ({ marks }) => marksText(marks) || (marks === undefined ? null : common.note),
    title: ({ marks }) => (marks === undefined ? '' : [marksText(marks), marks.note].join('\n').trim()),
  },
  ...AXIS_COLUMNS,
  {
    key: 'status',
    header: common.status,
    sort: 'status',
    rem: 5.75,
    cell: (run) => <StatusBadge status={run.status} />,
  },
  {
    key: 'kept',
    header: common.kept,
    sort: 'kept',
    rem: 2.25,
    cell: (run) => (
      <span
        role="img"
        aria-label={run.kept ? common.kept : texts.notKept}
        className={run.kept ? classes.kept : classes.deleted}
      >
        {run.kept ? '✓' : '✗'}
      </span>
    ),
  },
  {
    key: 'synthetic',
    header: common.synthetic,
    about: texts.trainedOnSyntheticMarket,
    rem: 5,
    isOptional: true,
    cell: (run) => (run.synthetic ? 'yes' : ''),
  },
  {
    key: 'job',
    header: common.job,
    about: texts.jobThatTrainedIt,
    sort: 'job',
    rem: 7,
    isOptional: true,
    className: tableClasses.clipped,
    cell: (run) => (run.job === null ? null : `${run.job.queueId} ${run.job.name}`),
    title: (run) => run.job?.name ?? '',
  },
  {
    key: 'regimes',
    header: texts.bestRegimes,
    rem: 6,
    grow: 3,
    className: tableClasses.clipped,
    cell: regimesOf,
    title: regimesOf,
  },
  {
    key: 'verdict',
    header: common.verdict,
    sort: 'verdict',
    about: texts.whatEvidenceSays,
    rem: 7,
    cell: (run, { champions }) => {
      const [best] = champions.get(run.uuid) ?? [];
      return best === undefined ? null : <VerdictBadge verdict={best.verdict} reason="" />;
    },
    title: (run, { champions, regimeTitle }) =>
      (champions.get(run.uuid) ?? [])
        .map(({ regime, verdictReason }) => `${regimeTitle(regime)}: ${verdictReason}`)
        .join('\n'),
  },
  {
    key: 'p',
    header: common.p,
    about: GLOSSARY.familyWiseP.text,
    sort: 'p',
    numeric: true,
    rem: 4.5,
    isOptional: true,
    cell: (run, { champions }) => {
      const best = champions.get(run.uuid)?.[0];
      return best === undefined ? null : formatFigure('familyWiseP', best.p);
    },
  },
  SHARPE,
  {
    key: 'outOfSample',
    sort: 'outOfSample',
    header: GLOSSARY.outOfSample.title,
    about: GLOSSARY.outOfSample.text,
    numeric: true,
    rem: 6,
    isOptional: true,
    cell: (run, { champions }) => {
      const tested = champions.get(run.uuid)?.[0]?.outOfSample ?? null;
      return tested === null ? null : sharpeText(tested);
    },
  },
  ...FIGURE_COLUMNS,
  // The stake figures' name for the win rate.
  figure('hitRate', 'hitRate', (run) => run.stake?.hitRate ?? null, {
    sort: 'winRate',
    rem: 4.5,
    isOptional: true,
  }),
  prediction('rankIc', 'rankIc'),
  prediction('r2'),
  prediction('rmse'),
  prediction('mae'),
  {
    key: 'seconds',
    header: common.took,
    about: texts.timeFromItsFirstMember,
    numeric: true,
    rem: 5.5,
    isOptional: true,
    cell: (run) => formatDuration(run.seconds),
  },
  {
    key: 'createdAt',
    header: texts.createdAt,
    isTime: true,
    sort: 'createdAt',
    rem: 8,
    cell: (run) => formatMinute(run.createdAt),
  },
];

export const RUN_COLUMN_CHOICE = createColumnChoice('regimen.history.columns', RUN_COLUMNS);

export const COLUMN_KEYS: readonly string[] = RUN_COLUMNS.map(({ key }) => key);
