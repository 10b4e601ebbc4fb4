import { Checkbox, NumberInput } from '@mantine/core';

/** What a schedule, and one run of it, have fields for. */
export interface TrainingManner {
  /** Null: as `placeholder` says. */
  readonly trials: number | null;
  readonly force: boolean;
  readonly skipValidation: boolean;
}

interface TrainingMannerFieldsProps {
  readonly value: TrainingManner;
  /** What no number of trials means. */
  readonly placeholder: string;
  onChange(changes: Partial<TrainingManner>): void;
}

/** How thoroughly is trained and asked before something is put in charge. */
export function TrainingMannerFields({ value, placeholder, onChange }: TrainingMannerFieldsProps) {
  const { trials, force, skipValidation } = value;
  return (
    <>
      <NumberInput
        label="Trials"
        description="Search hyper-parameters in so many trials first; none: no search."
        placeholder={placeholder}
        min={1}
        max={100_000}
        allowDecimal={false}
        value={trials ?? ''}
        onChange={(next) => onChange({ trials: typeof next === 'number' ? next : null })}
      />
      <Checkbox
        label="Force"
        description="Do not compare with what is in production. It stands in the journal for ever."
        checked={force}
        onChange={(event) => onChange({ force: event.currentTarget.checked })}
      />
      <Checkbox
        label="Skip validation"
        description="Ask for no test windows, thresholds and verdict. It stands in the journal for ever."
        checked={skipValidation}
        onChange={(event) => onChange({ skipValidation: event.currentTarget.checked })}
      />
    </>
  );
}
