import { Switch, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { GridOptionsDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import { TIMEFRAMES } from '../../engine/contract/timeframe.ts';
import type { EncoderName } from '../../engine/contract/words.ts';
import { Panel, titleOf } from '../ui/index.ts';
import classes from './builder.module.css';
import { ChipAxis, NumberAxis } from './chip-axis.tsx';
import { editDraft, useDraft } from './draft.ts';
import type { GridDraft } from './grid-draft.ts';
import { IndicatorMatrix } from './indicator-matrix.tsx';
import { ModelTypes } from './model-types.tsx';
import type { GridField, FieldProblems as Problems } from './problems.ts';

const USUAL_DAYS = [30, 60, 90, 180];
const USUAL_HORIZONS = [1, 3, 6, 12];

/** Axes that are lists of values, with the grid's field that their problems name. */
const AXIS_FIELDS = {
  symbols: 'symbols',
  timeframes: 'timeframes',
  days: 'days_history',
  horizons: 'horizons',
  encoders: 'encoders',
} as const satisfies Partial<Record<keyof GridDraft, GridField>>;
type Axis = keyof typeof AXIS_FIELDS;

interface GridFormProps {
  readonly options: GridOptionsDto;
  readonly series: readonly SeriesDto[];
  readonly problems: Problems;
}

/** The choices of a grid, each with its problems. */
export function GridForm({ options, series, problems: { fields } }: GridFormProps) {
  const { draft, extending } = useDraft();
  const symbols = useMemo(() => [...new Set(series.map((s) => s.symbol))].sort(), [series]);
  const shortest = Math.min(...series.map((s) => TIMEFRAMES.indexOf(s.timeframe)));
  const timeframes = TIMEFRAMES.slice(shortest);
  const axis = <A extends Axis>(name: A) => ({
    value: draft[name],
    problems: fields[AXIS_FIELDS[name]],
    onChange: (value: GridDraft[A]) => editDraft({ [name]: value }),
  });
  return (
    <div className={classes.form}>
      <ModelTypes
        options={options.modelTypes}
        problems={fields.model_types}
        parameterProblems={fields.hyperparameters}
      />
      <div className={classes.formColumn}>
        <Panel title="Market and time">
          <div className={classes.fields}>
            <ChipAxis label="Symbols" options={symbols} {...axis('symbols')} />
            <ChipAxis
              label="Timeframes"
              hint="Longer ones are made from what is stored"
              options={timeframes}
              {...axis('timeframes')}
            />
            <NumberAxis
              label="Days of history"
              term="daysHistory"
              unit="calendar days"
              options={USUAL_DAYS}
              {...axis('days')}
              min={5}
              max={3650}
            />
            <NumberAxis
              label="Horizons"
              term="horizon"
              unit="bars ahead"
              options={USUAL_HORIZONS}
              {...axis('horizons')}
              min={1}
              max={500}
            />
          </div>
        </Panel>
        <Panel title="Features">
          <div className={classes.fields}>
            <ChipAxis
              label="Encoders"
              term="encoder"
              options={options.encoders as readonly EncoderName[]}
              {...axis('encoders')}
              text={titleOf}
            />
            <IndicatorMatrix
              indicators={options.indicators}
              timeframes={timeframes}
              problems={fields.indicator_timeframes}
            />
          </div>
        </Panel>
        <Panel title="Queue">
          <div className={classes.fields}>
            <TextInput
              label="Name"
              placeholder="Named after what it spans if left empty"
              maxLength={120}
              value={draft.name}
              error={fields.name?.[0]?.message}
              onChange={(event) => editDraft({ name: event.currentTarget.value })}
            />
            {extending === null ? (
              <Switch
                label="Skip already-trained configurations"
                description={`Those with the same candles, settings and costs. Each of the others is tested with ${options.strategies} strategies.`}
                checked={draft.skipTrained}
                onChange={(event) => editDraft({ skipTrained: event.currentTarget.checked })}
              />
            ) : null}
          </div>
        </Panel>
      </div>
    </div>
  );
}
