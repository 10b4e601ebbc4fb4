import { TextInput } from '@mantine/core';
import { type ConditionColumns, conditionsField } from '../../engine/contract/conditions.ts';
import { texts } from './texts.ts';

interface ConditionFieldProps {
  readonly columns: ConditionColumns;
  readonly placeholder: string;
  readonly className?: string | undefined;
  readonly value: string;
  readonly error: string | undefined;
  onChange(value: string): void;
}

/** Room for what switches add. */
const MOST = 900;

/** What columns must be, in the language that the command line has, too. */
export function ConditionField({ columns, onChange, ...field }: ConditionFieldProps) {
  return (
    <TextInput
      {...field}
      label={texts.columnsMustBe}
      title={texts.conditionsWithCommasBetweenThem({ columns: Object.keys(columns).join(', ') })}
      maxLength={MOST}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** Why conditions can't be searched for, in a sentence. */
export function conditionProblem(conditions: string, columns: ConditionColumns): string | undefined {
  return conditionsField(columns).safeParse(conditions).error?.issues[0]?.message;
}
