import { NumberInput, Radio, SegmentedControl, Stack, Switch } from '@mantine/core';
import { common } from '../../ui/texts/common.ts';
import { Field } from '../field.tsx';
import { chooseMode, editDraft, useValidateDraft } from './draft.ts';
import { MODES, type Mode, purposeOf, reasonAgainst } from './modes.ts';
import { foldsInForce } from './request.ts';
import { texts } from './texts.ts';
import classes from './validate.module.css';

/** How folds are laid out: each way with what it is for. */
export function ModeField() {
  const mode = useValidateDraft(({ draft }) => draft.mode);
  const subject = useValidateDraft(({ draft }) => draft.subject);
  return (
    <Radio.Group aria-label={texts.scheme} value={mode} onChange={(next) => chooseMode(next as Mode)}>
      <Stack gap="sm">
        {MODES.map(({ mode: value, title }) => {
          const reason = reasonAgainst(value, subject);
          return (
            <Radio
              key={value}
              value={value}
              label={title}
              description={reason ?? purposeOf(value)}
              disabled={reason !== null}
            />
          );
        })}
      </Stack>
    </Radio.Group>
  );
}

const numberOf = (value: number | string): number | null => (typeof value === 'number' ? value : null);

/** Lengths, window and number of folds, with the scheme's own where nothing else is set. */
export function FoldFields() {
  const { draft } = useValidateDraft();
  const { defaults, testPeriodDays, minTrainDays, expandingWindow, folds } = foldsInForce(draft);
  const isOwn = defaults.minTrainDays === null;
  return (
    <>
      <div className={classes.numbers}>
        <NumberInput
          label={texts.testPeriod}
          description={texts.testPeriodDaysByDefault({ testPeriodDays: defaults.testPeriodDays })}
          suffix={texts.days}
          min={1}
          max={36_500}
          allowDecimal={false}
          value={testPeriodDays}
          onChange={(value) => editDraft({ testPeriodDays: numberOf(value) })}
        />
        {isOwn ? null : (
          <NumberInput
            label={expandingWindow ? texts.trainingAtFirst : common.training}
            description={texts.minTrainDaysByDefault({ minTrainDays: defaults.minTrainDays })}
            suffix={texts.days}
            min={1}
            max={36_500}
            allowDecimal={false}
            value={minTrainDays ?? ''}
            onChange={(value) => editDraft({ minTrainDays: numberOf(value) })}
          />
        )}
        <NumberInput
          label={common.folds}
          description={texts.newestByDefault({ folds: defaults.folds })}
          placeholder={texts.all}
          min={1}
          max={10_000}
          allowDecimal={false}
          value={folds ?? ''}
          onChange={(value) => editDraft({ folds: numberOf(value) })}
        />
      </div>
      {draft.mode === 'sequential' ? (
        <Switch
          label={texts.goOnWithFull}
          description={texts.elseItWaitsForAnswer}
          checked={draft.goesOn}
          onChange={(event) => editDraft({ goesOn: event.currentTarget.checked })}
        />
      ) : null}
      {isOwn ? (
        <p className={classes.about}>{texts.trainingAndSelection}</p>
      ) : (
        <Field label={texts.trainingWindow} hint={texts.pleaseUseExpandingWindow}>
          <SegmentedControl
            className={classes.trainingWindow}
            withItemsBorders={false}
            aria-label={texts.trainingWindow}
            value={expandingWindow ? 'expanding' : 'fixed'}
            data={[
              { value: 'fixed', label: texts.fixedMovesAlong },
              { value: 'expanding', label: texts.expandingAllDataBefore },
            ]}
            onChange={(next) =>
              editDraft({
                expandingWindow:
                  (next === 'expanding') === defaults.expandingWindow ? null : next === 'expanding',
              })
            }
          />
        </Field>
      )}
    </>
  );
}
