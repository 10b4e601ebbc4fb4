import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { CRITERIA_PRESETS, type CriteriaPreset } from '../../engine/contract/criteria.ts';
import { MIN_FIGURES, MIN_OPTION, type MinFigure } from '../../engine/contract/gate-options.ts';
import { MIN_VERDICTS, type MinVerdict } from '../../engine/contract/registry.ts';
import { common } from '../ui/texts/common.ts';
import classes from './gate.module.css';
import { type GateDraft, leftOutText } from './options.ts';
import { texts } from './texts.ts';

/** What a list of criteria is called. */
export const PRESET_TITLES: Readonly<Record<CriteriaPreset, string>> = texts.presetText;

/** What the least verdict is called. */
export const MIN_VERDICT_TITLES: Readonly<Record<MinVerdict, string>> = {
  none: texts.noneNoEvidence,
  suggestive: texts.suggestive,
  strong: texts.strong,
};

/** What the field of each is called. */
export const FIGURE_TITLES: Readonly<Record<MinFigure, string>> = texts.figureTitles;

interface GateFieldsProps {
  readonly value: GateDraft;
  /** What is wrong with an option, by its name. */
  readonly errors?: Readonly<Partial<Record<string, string>>>;
  /** Another version is in charge, and would be compared with. */
  readonly hasProduction: boolean;
  /** Of what the model says none, and has no thresholds of. */
  readonly hasClasses: boolean;
  /** Nothing is put in charge, and nobody has to say why. */
  readonly withoutReason?: boolean;
  /** Its test windows are all that is asked of it. */
  readonly withoutSkip?: boolean;
  onChange(changes: Partial<GateDraft>): void;
}

/** What is asked of a version before it is put in charge, and what is left out. */
export function GateFields({
  value,
  errors = {},
  hasProduction,
  hasClasses,
  withoutReason = false,
  withoutSkip = false,
  onChange,
}: GateFieldsProps) {
  const setLeast = (figure: MinFigure, next: number | string) => {
    const { [figure]: _before, ...others } = value.least;
    onChange({ least: typeof next === 'number' ? { ...others, [figure]: next } : others });
  };
  const out = leftOutText(value, hasProduction);
  return (
    <div className={classes.fields}>
      <div className={classes.numbers}>
        <Select
          label={texts.thresholds}
          placeholder={PRESET_TITLES[hasClasses ? 'promotion' : 'ranks']}
          data={CRITERIA_PRESETS.map((preset) => ({ value: preset, label: PRESET_TITLES[preset] }))}
          value={value.preset}
          clearable
          disabled={value.skipValidation}
          error={errors.preset}
          onChange={(next) => onChange({ preset: next as CriteriaPreset | null })}
        />
        <Select
          label={texts.verdictAtLeast}
          placeholder={texts.asSettingsSay}
          data={MIN_VERDICTS.map((verdict) => ({ value: verdict, label: MIN_VERDICT_TITLES[verdict] }))}
          value={value.minVerdict}
          clearable
          disabled={value.skipValidation}
          error={errors.minVerdict}
          onChange={(next) => onChange({ minVerdict: next as MinVerdict | null })}
        />
      </div>
      {hasClasses || Object.keys(value.least).length > 0 ? (
        <div className={classes.figures}>
          {MIN_FIGURES.map((figure) => (
            <NumberInput
              key={figure}
              label={FIGURE_TITLES[figure]}
              placeholder={texts.ofList}
              min={0}
              max={1}
              step={0.01}
              decimalScale={4}
              clampBehavior="none"
              disabled={value.skipValidation}
              value={value.least[figure] ?? ''}
              error={errors[MIN_OPTION[figure]]}
              onChange={(next) => setLeast(figure, next)}
            />
          ))}
        </div>
      ) : null}
      {withoutSkip ? null : (
        <Switch
          label={texts.skipValidation}
          description={texts.noTestWindows}
          checked={value.skipValidation}
          error={errors.skipValidation}
          onChange={(event) => onChange({ skipValidation: event.currentTarget.checked })}
        />
      )}
      <Switch
        label={texts.force}
        description={hasProduction ? texts.itIsNotCompared : texts.itIsNotComparedWithWhat}
        checked={value.force}
        error={errors.force}
        onChange={(event) => onChange({ force: event.currentTarget.checked })}
      />
      {withoutReason ? null : (
        <TextInput
          label={common.reason}
          description={texts.itStandsInJournal}
          maxLength={500}
          value={value.reason}
          error={errors.reason}
          onChange={(event) => onChange({ reason: event.currentTarget.value })}
        />
      )}
      <output className={classes.out} aria-live="polite">
        {out ?? texts.everythingIsAsked}
      </output>
    </div>
  );
}
