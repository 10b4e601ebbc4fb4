import { Switch, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { GridOptionsDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import { TIMEFRAMES } from '../../engine/contract/timeframe.ts';
import type { EncoderName } from '../../engine/contract/words.ts';
import { Panel, titleOf } from '../ui/index.ts';
import classes from './builder.module.css';
import { ChipAxis, NumberAxis } from './chip-axis.tsx';
import { editDraft, useDraft } from './draft.ts';
import { IndicatorMatrix } from './indicator-matrix.tsx';
import { ModelTypes } from './model-types.tsx';
import type { FieldProblems as Problems } from './problems.ts';

const USUAL_DAYS = [30, 60, 90, 180];
const USUAL_HORIZONS = [1, 3, 6, 12];

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
            <ChipAxis
              label="Symbols"
              options={symbols}
              value={draft.symbols}
              problems={fields.symbols}
              onChange={(value) => editDraft({ symbols: value })}
            />
            <ChipAxis
              label="Timeframes"
              hint="Longer ones are made from what is stored"
              options={TIMEFRAMES.slice(shortest)}
              value={draft.timeframes}
              problems={fields.timeframes}
              onChange={(value) => editDraft({ timeframes: value })}
            />
            <NumberAxis
              label="Days of history"
              term="daysHistory"
              unit="calendar days"
              options={USUAL_DAYS}
              value={draft.days}
              min={5}
              max={3650}
              problems={fields.days_history}
              onChange={(value) => editDraft({ days: value })}
            />
            <NumberAxis
              label="Horizons"
              term="horizon"
              unit="bars ahead"
              options={USUAL_HORIZONS}
              value={draft.horizons}
              min={1}
              max={500}
              problems={fields.horizons}
              onChange={(value) => editDraft({ horizons: value })}
            />
          </div>
        </Panel>
        <Panel title="Features">
          <div className={classes.fields}>
            <ChipAxis
              label="Encoders"
              term="encoder"
              options={options.encoders as readonly EncoderName[]}
              value={draft.encoders}
              text={titleOf}
              problems={fields.encoders}
              onChange={(value) => editDraft({ encoders: value })}
            />
            <IndicatorMatrix
              indicators={options.indicators}
              timeframes={TIMEFRAMES.slice(shortest)}
              problems={fields.indicator_timeframes}
            />
          </div>
        </Panel>
        <Panel title="Queue">
          <div className={classes.fields}>
            <TextInput
              label="Name"
              placeholder="Named by its number if left empty"
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
