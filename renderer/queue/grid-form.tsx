import { Switch, TextInput } from '@mantine/core';
import type { FormPart } from '../../engine/contract/axes.ts';
import { AXIS_LIST } from '../../engine/contract/configuration.ts';
import type { GridOptionsDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import { readTarget } from '../../engine/contract/target-names.ts';
import { Gradually, Panel } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { AxisField } from './axis-field.tsx';
import classes from './builder.module.css';
import { editDraft, useDraft } from './draft.ts';
import { ModelTypes } from './model-types.tsx';
import { fieldOf, type FieldProblems as Problems } from './problems.ts';
import { texts } from './texts/builder.ts';

interface GridFormProps {
  readonly options: GridOptionsDto;
  readonly series: readonly SeriesDto[];
  readonly problems: Problems;
}

/** Axes by the part of the form that has them. Hyper-parameters stand with their model types. */
const axesOf = (part: FormPart) =>
  AXIS_LIST.filter(
    ({ grid, form }) => (form?.part ?? (grid === undefined ? undefined : 'features')) === part,
  );
const MARKET = axesOf('market');
const FEATURES = axesOf('features');

/** Market, time and features, each axis with its problems. */
export function AxisPanels({ options, series, problems: { fields } }: GridFormProps) {
  const field = (axis: (typeof AXIS_LIST)[number]) => (
    <AxisField
      key={axis.key}
      axis={axis}
      options={options}
      series={series}
      problems={fields[fieldOf(axis)]}
    />
  );
  return (
    <Gradually>
      <Panel title={texts.marketAndTime}>
        <div className={classes.fields}>{MARKET.map(field)}</div>
      </Panel>
      <Panel title={texts.features}>
        <div className={classes.fields}>{FEATURES.map(field)}</div>
      </Panel>
    </Gradually>
  );
}

/** The choices of a grid, each with its problems. */
export function GridForm({ options, series, problems }: GridFormProps) {
  const { fields } = problems;
  const { draft, extending } = useDraft();
  // Targets about trades have no recursive strategies.
  const hasTrades = draft.lists.targets.some((target) => (readTarget(target)?.exits ?? null) !== null);
  return (
    <div className={classes.form}>
      <Gradually>
        <ModelTypes
          options={options.modelTypes}
          problems={fields.model_types}
          parameterProblems={fields.hyperparameters}
        />
        <div className={classes.formColumn}>
          <AxisPanels options={options} series={series} problems={problems} />
          <Panel title={texts.queue}>
            <div className={classes.fields}>
              <TextInput
                label={common.name}
                placeholder={texts.namedAfterWhatItSpans}
                maxLength={120}
                value={draft.name}
                error={fields.name?.[0]?.message}
                onChange={(event) => editDraft({ name: event.currentTarget.value })}
              />
              {extending === null ? (
                <Switch
                  label={texts.skipAlreadyTrainedConfigurations}
                  description={texts.thoseWithSameCandles({ hasTrades, strategies: options.strategies })}
                  checked={draft.skipTrained}
                  onChange={(event) => editDraft({ skipTrained: event.currentTarget.checked })}
                />
              ) : null}
            </div>
          </Panel>
        </div>
      </Gradually>
    </div>
  );
}
