import { NumberInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import type { GridOptionsDto, SeriesDto } from '../../../engine/contract/dto/index.ts';
import type { Problem } from '../../../engine/contract/errors.ts';
import {
  TRAIN_MODES,
  TRAIN_PERIODS,
  type TrainMode,
  type TrainPeriod,
} from '../../../engine/contract/registry.ts';
import { TARGETS } from '../../../engine/contract/target-names.ts';
import { TIMEFRAMES, type Timeframe } from '../../../engine/contract/timeframe.ts';
import { useRegimeTitle, useWorkspace } from '../../state/index.ts';
import { common } from '../../ui/texts/common.ts';
import type { FieldProblems } from '../problems.ts';
import { editDraft, useTrainDraft } from './draft.ts';
import classes from './production.module.css';
import { texts } from './texts.ts';

interface FieldsProps {
  readonly options: GridOptionsDto;
  readonly series: readonly SeriesDto[];
  readonly fields: FieldProblems['fields'];
}

export const messageOf = (problems: readonly Problem[] | undefined) =>
  problems?.map(({ message }) => message).join(' ') || undefined;

/** For which place of use. */
export function PlaceFields({ series, fields }: Omit<FieldsProps, 'options'>) {
  const { everyName, symbol, timeframe, regime } = useTrainDraft(({ draft }) => draft);
  const regimes = useWorkspace((workspace) => workspace.regimes) ?? [];
  const regimeTitle = useRegimeTitle();
  const symbols = [...new Set(series.map((one) => one.symbol))].sort();
  const own = series.filter((one) => symbol === null || one.symbol === symbol);
  const first = Math.min(...own.map((one) => TIMEFRAMES.indexOf(one.timeframe)));
  return (
    <>
      <SegmentedControl
        aria-label={texts.forWhichNames}
        value={everyName ? 'all' : 'one'}
        data={[
          { value: 'one', label: texts.oneName },
          { value: 'all', label: texts.allInProduction },
        ]}
        onChange={(next) => editDraft({ everyName: next === 'all' })}
      />
      {everyName ? (
        <p className={classes.about} role={fields.symbol === undefined ? undefined : 'alert'}>
          {messageOf(fields.symbol) ?? texts.eachIsTrainedAnew}
        </p>
      ) : (
        <div className={classes.numbers}>
          <Select
            label={common.symbol}
            placeholder={texts.chooseOne}
            data={symbols}
            value={symbol}
            searchable
            error={messageOf(fields.symbol)}
            onChange={(next) => editDraft({ symbol: next })}
          />
          <Select
            label={common.timeframe}
            placeholder={texts.chooseOne}
            data={[...TIMEFRAMES.slice(Math.max(0, Number.isFinite(first) ? first : 0))]}
            value={timeframe}
            error={messageOf(fields.timeframe)}
            onChange={(next) => editDraft({ timeframe: next as Timeframe | null })}
          />
          <Select
            label={common.regime}
            data={[
              { value: 'all', label: common.allRegimes },
              ...regimes.map(({ name }) => ({ value: name, label: regimeTitle(name) })),
            ]}
            value={regime}
            allowDeselect={false}
            error={messageOf(fields.regime)}
            onChange={(next) => next !== null && editDraft({ regime: next })}
          />
        </div>
      )}
    </>
  );
}

const TARGET_TEXT: Readonly<Record<(typeof TARGETS)[number], string>> = texts.targetText;

const PERIOD_TEXT: Readonly<Record<TrainPeriod, string>> = common.periodText;

/** What is trained; of every name it is what it is. */
export function ModelFields({ options, fields }: Omit<FieldsProps, 'series'>) {
  const { everyName, modelType, target, horizon, period } = useTrainDraft(({ draft }) => draft);
  const [name = target, multiples = ''] = target.split(' ');
  if (everyName) return null;
  return (
    <>
      <div className={classes.models}>
        <Select
          label={common.modelType}
          data={options.modelTypes.map((type) => ({ value: type.name, label: type.title }))}
          value={modelType}
          allowDeselect={false}
          searchable
          error={messageOf(fields.modelType)}
          onChange={(next) => next !== null && editDraft({ modelType: next })}
        />
        <Select
          label={texts.target}
          data={TARGETS.map((one) => ({ value: one, label: TARGET_TEXT[one] }))}
          value={name}
          allowDeselect={false}
          error={messageOf(fields.target)}
          onChange={(next) => next !== null && editDraft({ target: next })}
        />
        {name === 'barrier' || name === 'outcome' ? (
          <TextInput
            label={texts.exitsXAtr}
            placeholder="2:1"
            value={multiples}
            maxLength={20}
            onChange={(event) => {
              const text = event.currentTarget.value.trim();
              editDraft({ target: text === '' ? name : `${name} ${text}` });
            }}
          />
        ) : null}
        <NumberInput
          label={texts.horizonBars}
          placeholder="6"
          min={1}
          clampBehavior="none"
          allowDecimal={false}
          value={horizon ?? ''}
          error={messageOf(fields.horizon)}
          onChange={(next) => editDraft({ horizon: typeof next === 'number' ? next : null })}
        />
        <Select
          label={common.history}
          data={TRAIN_PERIODS.map((one) => ({ value: one, label: PERIOD_TEXT[one] }))}
          value={period}
          allowDeselect={false}
          error={messageOf(fields.period)}
          onChange={(next) => next !== null && editDraft({ period: next as TrainPeriod })}
        />
      </div>
      <SearchFields fields={fields} />
    </>
  );
}

function SearchFields({ fields }: Pick<FieldsProps, 'fields'>) {
  const { optimize, trials } = useTrainDraft(({ draft }) => draft);
  return (
    <>
      <Switch
        label={texts.searchItsHyperParametersFirst}
        description={texts.whatIsBestIsKept}
        checked={optimize}
        error={messageOf(fields.optimize)}
        onChange={(event) => editDraft({ optimize: event.currentTarget.checked })}
      />
      {optimize ? (
        <NumberInput
          label={common.trials}
          description={texts.ofLongAndShortModels}
          placeholder="20"
          min={1}
          clampBehavior="none"
          allowDecimal={false}
          maw="14rem"
          value={trials ?? ''}
          error={messageOf(fields.trials)}
          onChange={(next) => editDraft({ trials: typeof next === 'number' ? next : null })}
        />
      ) : null}
    </>
  );
}

const MODE_TEXT: Readonly<Record<TrainMode, string>> = texts.modeText;

/** What is validated beside the windows of the gate, and whether it ends in a promotion. */
export function ModeFields({ fields }: Pick<FieldsProps, 'fields'>) {
  const { mode, dryRun, everyName } = useTrainDraft(({ draft }) => draft);
  return (
    <>
      {everyName ? <SearchFields fields={fields} /> : null}
      <Select
        label={texts.mode}
        data={TRAIN_MODES.map((one) => ({ value: one, label: MODE_TEXT[one] }))}
        value={mode}
        allowDeselect={false}
        error={messageOf(fields.mode)}
        onChange={(next) => next !== null && editDraft({ mode: next as TrainMode })}
      />
      <Switch
        label={texts.dryRun}
        description={texts.trainValidateAndCompare}
        checked={dryRun}
        onChange={(event) => editDraft({ dryRun: event.currentTarget.checked })}
      />
    </>
  );
}
