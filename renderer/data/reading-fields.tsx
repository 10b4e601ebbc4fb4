import { Select } from '@mantine/core';
import type { DateOrder } from '../../engine/contract/date-order.ts';
import type { InspectionDto } from '../../engine/contract/dto/index.ts';
import type { SpreadUnit } from '../../engine/contract/spread-unit.ts';
import type { StampMeaning } from '../../engine/contract/table-words.ts';
import type { WeekendRule } from '../../engine/contract/weekend-days.ts';

/** How the user says that a file is to be read, against what it looks like. */
export interface Reading {
  readonly spreadUnit?: SpreadUnit | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly stamp?: StampMeaning | undefined;
  readonly weekend?: WeekendRule | undefined;
}

const UNIT_TEXT: Readonly<Record<SpreadUnit, string>> = {
  points: 'Points of the last digit',
  pips: 'Pips',
  price: 'Price units',
};
const ORDER_TEXT: Readonly<Record<DateOrder, string>> = {
  dmy: 'Day, month, year',
  mdy: 'Month, day, year',
  ymd: 'Year, month, day',
};
const STAMP_TEXT: Readonly<Record<StampMeaning, string>> = {
  open: 'When a bar opened',
  close: 'When a bar closed',
};
const WEEKEND_TEXT: Readonly<Record<WeekendRule, string>> = {
  keep: 'Days of their own',
  merge: 'Joined with the day they belong to',
  drop: 'Left out',
};

interface ReadingFieldsProps {
  readonly reading: Reading;
  readonly inspection: InspectionDto;
  /** What is wrong with an input, by its name. */
  problem(path: string): string | undefined;
  onChange(reading: Reading): void;
}

/** Units and orders that are told from the file, and may be overruled. */
export function ReadingFields({ reading, inspection, problem, onChange }: ReadingFieldsProps) {
  const { spreadUnit } = inspection;
  const fill = (changed: Reading) => onChange({ ...reading, ...changed });
  return (
    <>
      <Overrule
        label="Spreads are in"
        told={spreadUnit === undefined ? 'The file has no spreads' : UNIT_TEXT[spreadUnit]}
        texts={UNIT_TEXT}
        value={reading.spreadUnit}
        error={problem('spreadUnit')}
        onChange={(value) => fill({ spreadUnit: value })}
      />
      <Overrule
        label="Short dates are"
        told="As the whole file suggests"
        texts={ORDER_TEXT}
        value={reading.dateOrder}
        error={problem('dateOrder')}
        onChange={(value) => fill({ dateOrder: value })}
      />
      <Overrule
        label="Stamps tell"
        told="As the format says"
        texts={STAMP_TEXT}
        value={reading.stamp}
        error={problem('stamp')}
        onChange={(value) => fill({ stamp: value })}
      />
      {inspection.timeframe === 'D1' && (
        <Overrule
          label="Weekend days"
          told="Days of their own, if there are any"
          texts={WEEKEND_TEXT}
          value={reading.weekend}
          error={problem('weekend')}
          onChange={(value) => fill({ weekend: value })}
        />
      )}
    </>
  );
}

interface OverruleProps<T extends string> {
  readonly label: string;
  /** What holds where nothing is chosen. */
  readonly told: string;
  readonly texts: Readonly<Record<T, string>>;
  readonly value: T | undefined;
  readonly error: string | undefined;
  onChange(value: T | undefined): void;
}

function Overrule<T extends string>({ label, told, texts, value, error, onChange }: OverruleProps<T>) {
  return (
    <Select
      label={label}
      placeholder={told}
      data={Object.entries<string>(texts).map(([name, text]) => ({ value: name, label: text }))}
      value={value ?? null}
      error={error}
      clearable
      onChange={(chosen) => onChange((chosen as T | null) ?? undefined)}
    />
  );
}
