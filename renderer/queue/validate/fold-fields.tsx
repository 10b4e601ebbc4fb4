import { NumberInput, Radio, SegmentedControl, Stack, Switch } from '@mantine/core';
import { Field } from '../field.tsx';
import { chooseMode, editDraft, useValidateDraft } from './draft.ts';
import { MODES, type Mode, purposeOf, reasonAgainst } from './modes.ts';
import { foldsInForce } from './request.ts';
import classes from './validate.module.css';

/** How folds are laid out: each way with what it is for. */
export function ModeField() {
  const mode = useValidateDraft(({ draft }) => draft.mode);
  const subject = useValidateDraft(({ draft }) => draft.subject);
  return (
    <Radio.Group aria-label="Scheme" value={mode} onChange={(next) => chooseMode(next as Mode)}>
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
          label="Test period"
          description={`test_period_days, ${defaults.testPeriodDays} by default`}
          suffix=" days"
          min={1}
          max={36_500}
          allowDecimal={false}
          value={testPeriodDays}
          onChange={(value) => editDraft({ testPeriodDays: numberOf(value) })}
        />
        {isOwn ? null : (
          <NumberInput
            label={expandingWindow ? 'Training, at first' : 'Training'}
            description={`min_train_days, ${defaults.minTrainDays} by default`}
            suffix=" days"
            min={1}
            max={36_500}
            allowDecimal={false}
            value={minTrainDays ?? ''}
            onChange={(value) => editDraft({ minTrainDays: numberOf(value) })}
          />
        )}
        <NumberInput
          label="Folds"
          description={`the newest, ${defaults.folds ?? 'all'} by default`}
          placeholder="all"
          min={1}
          max={10_000}
          allowDecimal={false}
          value={folds ?? ''}
          onChange={(value) => editDraft({ folds: numberOf(value) })}
        />
      </div>
      {draft.mode === 'sequential' ? (
        <Switch
          label="Go on with full by itself where all criteria are met"
          description="Else it waits for an answer. What is set here counts for quick and full; what is left as it is, is each one's own."
          checked={draft.goesOn}
          onChange={(event) => editDraft({ goesOn: event.currentTarget.checked })}
        />
      ) : null}
      {isOwn ? (
        <p className={classes.about}>
          Training and selection are as long as the configuration says (days_history, selection window), and
          move along.
        </p>
      ) : (
        <Field label="Training window" hint="use_expanding_window">
          <SegmentedControl
            aria-label="Training window"
            value={expandingWindow ? 'expanding' : 'fixed'}
            data={[
              { value: 'fixed', label: 'Fixed, moves along' },
              { value: 'expanding', label: 'Expanding, all data before' },
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
