import { NumberInput, SegmentedControl, Select, Switch } from '@mantine/core';
import type { Problem } from '../../../engine/contract/errors.ts';
import {
  OBJECTIVES,
  type Objective,
  PRUNERS,
  type PrunerName,
  type SamplerName,
} from '../../../engine/contract/search.ts';
import { common } from '../../ui/texts/common.ts';
import { Field } from '../field.tsx';
import type { FieldProblems } from '../problems.ts';
import { editRules, RULE_DEFAULTS, type SearchRulesDraft, useSearchDraft } from './draft.ts';
import { objectiveAbout, objectiveLongTitle } from './objectives.ts';
import classes from './search.module.css';
import { texts } from './texts.ts';

const PRUNER_TEXT: Readonly<Record<PrunerName, string>> = texts.prunerText;

interface RuleFieldsProps {
  readonly problems: FieldProblems;
  /** At a time, where nothing is said. */
  readonly workers: number | undefined;
}

const messageOf = (problems: readonly Problem[] | undefined) =>
  problems?.map(({ message }) => message).join(' ') || undefined;

/** How trials are made: what they are judged by, how they are drawn, and when one is given up. */
export function RuleFields({ problems: { fields }, workers }: RuleFieldsProps) {
  const rules = useSearchDraft((draft) => draft.rules);
  const about = objectiveAbout(rules.objective);
  // Whole cells have no folds, and none to be given up after.
  const byCells = rules.objective === 'sharpe';
  return (
    <>
      <Select
        label={texts.objective}
        description={about === '' ? undefined : about}
        data={OBJECTIVES.map((objective) => ({ value: objective, label: objectiveLongTitle(objective) }))}
        value={rules.objective}
        allowDeselect={false}
        error={messageOf(fields.objective)}
        onChange={(next) => next !== null && editRules({ objective: next as Objective })}
      />
      <div className={classes.numbers}>
        <RuleNumber field="trials" label={common.trials} about={texts.ofEachModel} min={1} fields={fields} />
        <RuleNumber
          field="folds"
          label={common.folds}
          about={texts.insideTrainingWindow}
          min={2}
          disabled={byCells}
          fields={fields}
        />
        <RuleNumber
          field="patience"
          label={texts.patience}
          about={texts.trialsWithoutBetterOne}
          placeholder={texts.noLimit}
          min={1}
          fields={fields}
        />
        <RuleNumber field="seed" label={texts.seed} about={texts.sameTrials} min={0} fields={fields} />
        <RuleNumber
          field="workers"
          label={texts.atTime}
          about={texts.partOfWhatSeedStands}
          placeholder={workers === undefined ? texts.asManyAsThreads : texts.workersAsMany({ workers })}
          min={1}
          fields={fields}
        />
      </div>
      <Field label={texts.sampler} hint={texts.howValuesAreDrawn} problems={fields.sampler}>
        <div className={classes.sampler}>
          <SegmentedControl
            aria-label={texts.sampler}
            value={rules.sampler}
            data={[
              { value: 'tpe', label: texts.tpeLearnsFromTrials },
              { value: 'random', label: texts.random },
            ]}
            onChange={(next) => editRules({ sampler: next as SamplerName })}
          />
          <Switch
            label={texts.multivariateParametersDrawnTogether}
            disabled={rules.sampler !== 'tpe'}
            checked={rules.multivariate}
            onChange={(event) => editRules({ multivariate: event.currentTarget.checked })}
          />
        </div>
      </Field>
      <Select
        label={texts.pruner}
        data={PRUNERS.map((pruner) => ({ value: pruner, label: PRUNER_TEXT[pruner].split(':')[0]! }))}
        description={PRUNER_TEXT[rules.pruner].split(': ')[1]}
        value={rules.pruner}
        disabled={byCells}
        allowDeselect={false}
        error={messageOf(fields.pruner)}
        onChange={(next) => next !== null && editRules({ pruner: next as PrunerName })}
      />
    </>
  );
}

interface RuleNumberProps {
  readonly field: 'trials' | 'folds' | 'patience' | 'seed' | 'workers';
  readonly label: string;
  readonly about: string;
  readonly min: number;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly fields: FieldProblems['fields'];
}

/** Empty is the default. */
function RuleNumber({ field, label, about, min, placeholder, disabled = false, fields }: RuleNumberProps) {
  const value = useSearchDraft(({ rules }) => rules[field]);
  const initial = (RULE_DEFAULTS as Partial<Record<typeof field, number>>)[field];
  return (
    <NumberInput
      label={label}
      description={about}
      placeholder={placeholder ?? String(initial)}
      min={min}
      clampBehavior="none"
      disabled={disabled}
      allowDecimal={false}
      value={value ?? ''}
      error={messageOf(fields[field])}
      onChange={(next) =>
        editRules({ [field]: typeof next === 'number' ? next : null } as Partial<SearchRulesDraft>)
      }
    />
  );
}
