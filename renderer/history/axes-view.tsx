import { Button, Paper, Select } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { AXIS_SCORES, type AxisScore } from '../../engine/contract/api/axis-scores.ts';
import type { RawInput } from '../../engine/contract/api/index.ts';
import type { AxisLineDto, AxisScoreDto, AxisScoresDto } from '../../engine/contract/dto/index.ts';
import { objectiveTitle } from '../../engine/contract/objective-titles.ts';
import { parameterTitle } from '../../engine/contract/parameter-titles.ts';
import { ofWholeTrials } from '../../engine/contract/trial-conditions.ts';
import { HeatMap } from '../charts/heat-map.tsx';
import { ImportanceBars } from '../charts/importance-bars.tsx';
import { LevelBars } from '../charts/level-bars.tsx';
import { ParallelCoordinates } from '../charts/parallel-coordinates.tsx';
import { go, useCall, useModelTitle, useUi } from '../state/index.ts';
import {
  axisText,
  EmptyState,
  ErrorState,
  formatFigure,
  formatNumber,
  formatPercent,
  formatShort,
  GLOSSARY,
  Gradually,
  LoadingRows,
  Page,
  Panel,
  plural,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { FilterPanel } from './filter-panel.tsx';
import { type Filters, isFiltered, NO_FILTERS, toFilter } from './filters.ts';
import classes from './history.module.css';
import { texts } from './texts.ts';
import { useAddressState } from './use-address-state.ts';
import { stateParams } from './view-state.ts';
import { ViewSwitch } from './view-switch.tsx';

const SCORES = AXIS_SCORES.map((key) => ({
  value: key,
  label: key === 'sharpe' ? GLOSSARY.bestSharpe.title : GLOSSARY[key].title,
}));

const isScore = (key: string | undefined): key is AxisScore =>
  (AXIS_SCORES as readonly (string | undefined)[]).includes(key);

/** What was trained, by what it was trained with: which symbol, horizon or hyper-parameter does better, and which matters. */
export function AxesView() {
  const params = useUi((ui) => ui.params);
  const state = useAddressState(params);
  const score = isScore(params.score) ? params.score : 'sharpe';
  const search = params.job === undefined ? undefined : Number(params.job);
  const { data, error, refresh } = useCall('axes.scores', {
    ...(toFilter(state.filters) as RawInput<'axes.scores'>),
    ...(search === undefined ? {} : { jobId: search }),
    score,
    ...(params.x === undefined ? {} : { x: params.x }),
    ...(params.y === undefined ? {} : { y: params.y }),
  });
  const ask = (change: Readonly<Record<string, string | undefined>>, filters: Filters = state.filters) => {
    const { x, y, job } = params;
    const all = { view: 'axes', score: score === 'sharpe' ? undefined : score, x, y, job, ...change };
    const said = Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
    go('history', { ...stateParams({ ...state, filters }), ...Object.fromEntries(said) });
  };
  const isTrials = data?.source === 'trials';
  const showTrials = (trials: string) => go('queue', { queue: String(search), trials });
  /** The runs, or trials, behind a mark, in their table. */
  const pick = (filter: string) => {
    // Those that were given up have no part in the scores here.
    if (isTrials) return showTrials(ofWholeTrials(filter));
    const conditions = [state.filters.conditions.trim(), filter].filter((part) => part !== '').join(', ');
    go('history', stateParams({ ...state, filters: { ...state.filters, conditions } }));
  };
  /** A run is opened; of a trial its row is left in the table. */
  const openLine = ({ id, filter }: AxisLineDto) =>
    isTrials ? showTrials(filter) : go('history', { ...stateParams(state), run: String(id) });
  return (
    <Page title={texts.trainingHistory} subtitle={texts.whatWasTrained} actions={<ViewSwitch view="axes" />}>
      <Gradually>
        {search === undefined ? (
          <Paper p="md">
            <FilterPanel
              asked={state.filters}
              onSearch={(filters) => ask({ x: undefined, y: undefined }, filters)}
            />
          </Paper>
        ) : null}
        <Panel
          title={search === undefined ? texts.scoreByAxis : texts.scoreByAxisTrialsOfJob({ search })}
          note={data === undefined ? undefined : countText(data)}
          actions={
            isTrials ? undefined : (
              <Select
                aria-label={texts.score}
                data={SCORES}
                value={score}
                onChange={(next) => ask({ score: next === 'sharpe' || next === null ? undefined : next })}
                allowDeselect={false}
                w="12rem"
              />
            )
          }
        >
          {error !== undefined ? (
            <ErrorState error={error} retry={refresh} />
          ) : data === undefined ? (
            <LoadingRows rows={10} />
          ) : data.axes.length === 0 ? (
            <EmptyState
              icon={<IconChartBar size={28} aria-hidden />}
              title={data.rows === 0 ? texts.nothingWithScoreIsLike : texts.noAxisTellsTheseApart}
              action={
                isFiltered(state.filters) ? (
                  <Button variant="default" onClick={() => ask({ x: undefined, y: undefined }, NO_FILTERS)}>
                    {texts.clearFilters}
                  </Button>
                ) : (
                  <Button onClick={() => go('queue', { new: '1' })}>{common.buildGrid}</Button>
                )
              }
            >
              {texts.trainGridWithTwoValues}
            </EmptyState>
          ) : (
            <Charts
              scores={titled(data)}
              asked={params.axis}
              onPick={pick}
              onLine={openLine}
              onAxes={(x, y) => ask({ x, y })}
            />
          )}
        </Panel>
      </Gradually>
    </Page>
  );
}

/** Hyper-parameters by their titles. */
function titled(scores: AxisScoresDto): AxisScoresDto {
  return { ...scores, axes: scores.axes.map((axis) => ({ ...axis, title: parameterTitle(axis.title) })) };
}

/** A number that a search drew has more digits than tell it apart from its neighbors. */
function shortLabel(label: string): string {
  const value = Number(label);
  return label.length > 6 && Number.isFinite(value) ? formatShort(value) : label;
}

function countText({ source, rows, unscored, lowerIsBetter }: AxisScoresDto): string {
  const noun = source === 'runs' ? texts.run : texts.trial;
  return texts.lowerIsBetter({
    rows: plural(rows, noun),
    areRuns: source === 'runs',
    unscored: unscored === 0 ? null : plural(unscored, noun),
    lowerIsBetter,
  });
}

interface ChartsProps {
  readonly scores: AxisScoresDto;
  /** Title of the axis that somebody came for. */
  readonly asked: string | undefined;
  onPick(filter: string): void;
  onLine(line: AxisLineDto): void;
  onAxes(x: string, y: string): void;
}

function Charts({ scores, asked, onPick, onLine, onAxes }: ChartsProps) {
  const places = useRef(new Map<string, HTMLElement>());
  const { source, score, lowerIsBetter, axes, lines, map } = scores;
  const modelTitle = useModelTitle();
  const format = (value: number) =>
    isScore(score) && source === 'runs'
      ? formatFigure(score === 'sharpe' ? 'bestSharpe' : score, value)
      : formatNumber(value, 4);
  const noun = source === 'runs' ? texts.runsWord : texts.trials;
  const textOf = ({ key }: AxisScoreDto, label: string) =>
    key === 'modelType' || key === 'encoder' || key === 'target'
      ? axisText(key, label, modelTitle)
      : shortLabel(label);
  const explained = axes.flatMap(({ title, explained: share }) =>
    share === null ? [] : [{ name: title, importance: share }],
  );
  const known = axes.slice(0, 8);
  return (
    <div className={classes.axes}>
      <Gradually>
        {explained.length === 0 ? null : (
          <ImportanceBars
            title={texts.whatMatters}
            note={texts.shareOfVarianceOfScores}
            parameters={explained}
            onPick={(title) => reveal(places.current.get(title))}
          />
        )}
        {axes.map((axis) => (
          <AxisPlace key={axis.key} title={axis.title} isAsked={axis.title === asked} places={places.current}>
            <LevelBars
              title={axis.title}
              note={
                axis.explained === null
                  ? undefined
                  : texts.explainsExplained({ explained: formatPercent(axis.explained, 0) })
              }
              noun={noun}
              format={format}
              levels={axis.levels.map(({ filter, label, ...figures }) => ({
                ...figures,
                label: textOf(axis, label),
                onPick: filter === null ? undefined : () => onPick(filter),
              }))}
            />
          </AxisPlace>
        ))}
        {map === null ? null : (
          <ScoreMap
            scores={scores}
            map={map}
            format={format}
            textOf={textOf}
            onPick={onPick}
            onAxes={onAxes}
          />
        )}
        <div className={classes.wide}>
          <ParallelCoordinates
            objective={source === 'runs' ? texts.score : objectiveTitle(score)}
            lowerIsBetter={lowerIsBetter}
            onPick={({ trial }) => onLine(lines.find(({ id }) => id === trial)!)}
            noun={source === 'runs' ? common.run : common.trial}
            note={
              lines.length < scores.rows
                ? texts.bestAndSpreadOfOthers({
                    lines: lines.length,
                    rows: plural(scores.rows, noun.slice(0, -1)),
                  })
                : texts.allNoun({ noun })
            }
            parameters={known.map((axis) => ({
              name: axis.title,
              low: null,
              high: null,
              log: false,
              choices: axis.levels.map(({ label }) => textOf(axis, label)),
            }))}
            trials={lines.map(({ id, label, score: value, levels }) => {
              const params = Object.fromEntries(
                known.flatMap((axis, a) => {
                  const level = levels[a];
                  if (level === null || level === undefined) return [];
                  return [[axis.title, textOf(axis, axis.levels[level]!.label)]];
                }),
              );
              const text = Object.entries(params)
                .map(([name, one]) => `${name} ${one}`)
                .join(', ');
              return { trial: id, name: label, value, isWhole: true, params, intermediate: [], text };
            })}
          />
        </div>
      </Gradually>
    </div>
  );
}

/** Brings an axis into view, and the keyboard with it. */
function reveal(place: HTMLElement | null | undefined): void {
  place?.scrollIntoView({ block: 'center' });
  place?.focus({ preventScroll: true });
}

interface AxisPlaceProps {
  readonly title: string;
  readonly isAsked: boolean;
  readonly places: Map<string, HTMLElement>;
  readonly children: React.ReactNode;
}

/** Where the scores of an axis stand: who came for them sees them as soon as they are drawn. */
function AxisPlace({ title, isAsked, places, children }: AxisPlaceProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current !== null) places.set(title, place.current);
    if (isAsked) reveal(place.current);
  }, [title, isAsked, places]);
  return (
    <div ref={place} tabIndex={-1} className={classes.axis}>
      {children}
    </div>
  );
}

interface ScoreMapProps extends Omit<ChartsProps, 'asked' | 'onLine'> {
  readonly map: NonNullable<AxisScoresDto['map']>;
  format(value: number): string;
  textOf(axis: AxisScoreDto, label: string): string;
}

/** Without its unit, in a sentence: "Horizon, bars" is a horizon. */
const nameOf = ({ title }: AxisScoreDto) => title.split(',')[0]!;

/** Medians by two axes: is the best place a plateau or a peak? */
function ScoreMap({ scores, map, format, textOf, onPick, onAxes }: ScoreMapProps) {
  const find = (key: string) => scores.axes.find((axis) => axis.key === key)!;
  const [x, y] = [find(map.x), find(map.y)];
  const cellAt = (row: number, column: number) =>
    map.cells.find((cell) => cell.x === column && cell.y === row);
  const { peak } = map;
  const top = cellAt(peak.y, peak.x)!;
  const place = `${nameOf(x)} ${textOf(x, x.levels[peak.x]!.label)}, ${nameOf(y)} ${textOf(y, y.levels[peak.y]!.label)}`;
  const beside =
    peak.around === null ? texts.nothingWasTrainedBesideIt : texts.besideIt({ around: format(peak.around) });
  const canPick =
    x.levels.every(({ filter }) => filter !== null) && y.levels.every(({ filter }) => filter !== null);
  const choices = scores.axes.map(({ key, title }) => ({ value: key, label: title }));
  return (
    <div className={classes.wide}>
      <div className={classes.mapAxes}>
        <Select
          size="xs"
          label={texts.across}
          data={choices.filter(({ value }) => value !== map.y)}
          value={map.x}
          onChange={(key) => key !== null && onAxes(key, map.y)}
          allowDeselect={false}
        />
        <Select
          size="xs"
          label={texts.down}
          data={choices.filter(({ value }) => value !== map.x)}
          value={map.y}
          onChange={(key) => key !== null && onAxes(map.x, key)}
          allowDeselect={false}
        />
      </div>
      <HeatMap
        title={texts.medianByAnd({ across: nameOf(x), down: nameOf(y) })}
        note={texts.bestAt({ place, median: format(top.median), beside, explained: map.explained })}
        corner={y.title}
        rows={y.levels.map(({ label }) => textOf(y, label))}
        columns={x.levels.map(({ label }) => ({ key: label, label: textOf(x, label), group: x.title }))}
        values={y.levels.map((_, row) => x.levels.map((_, column) => cellAt(row, column)?.median ?? null))}
        marked={[peak.y, peak.x]}
        empty={texts.nothingWasTrainedThere}
        format={format}
        {...(canPick
          ? {
              onPick: (row: number, column: number) =>
                onPick(`${x.levels[column]!.filter}, ${y.levels[row]!.filter}`),
            }
          : {})}
      />
    </div>
  );
}
