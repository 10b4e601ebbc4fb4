import { Checkbox, NumberInput } from '@mantine/core';
import { common } from '../ui/texts/common.ts';
import { texts } from './texts.ts';

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
        label={common.trials}
        description={texts.searchHyperParameters}
        placeholder={placeholder}
        min={1}
        max={100_000}
        allowDecimal={false}
        value={trials ?? ''}
        onChange={(next) => onChange({ trials: typeof next === 'number' ? next : null })}
      />
      <Checkbox
        label={texts.force}
        description={texts.doNotCompareWithWhat}
        checked={force}
        onChange={(event) => onChange({ force: event.currentTarget.checked })}
      />
      <Checkbox
        label={texts.skipValidation}
        description={texts.askForNoTestWindows}
        checked={skipValidation}
        onChange={(event) => onChange({ skipValidation: event.currentTarget.checked })}
      />
    </>
  );
}
