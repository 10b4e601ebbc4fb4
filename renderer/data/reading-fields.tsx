import { Select } from '@mantine/core';
import type { DateOrder } from '../../engine/contract/date-order.ts';
import type { InspectionDto } from '../../engine/contract/dto/index.ts';
import type { SpreadUnit } from '../../engine/contract/spread-unit.ts';
import type { StampMeaning } from '../../engine/contract/table-words.ts';
import type { WeekendRule } from '../../engine/contract/weekend-days.ts';
import { texts } from './texts.ts';

/** How the user says that a file is to be read, against what it looks like. */
export interface Reading {
  readonly spreadUnit?: SpreadUnit | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly stamp?: StampMeaning | undefined;
  readonly weekend?: WeekendRule | undefined;
}

const UNIT_TEXT: Readonly<Record<SpreadUnit, string>> = texts.unitText;
const ORDER_TEXT: Readonly<Record<DateOrder, string>> = texts.orderText;
const STAMP_TEXT: Readonly<Record<StampMeaning, string>> = {
  open: texts.whenBarOpened,
  close: texts.whenBarClosed,
};
const WEEKEND_TEXT: Readonly<Record<WeekendRule, string>> = texts.weekendText;

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
        label={texts.spreadsAreIn}
        told={spreadUnit === undefined ? texts.fileHasNoSpreads : UNIT_TEXT[spreadUnit]}
        texts={UNIT_TEXT}
        value={reading.spreadUnit}
        error={problem('spreadUnit')}
        onChange={(value) => fill({ spreadUnit: value })}
      />
      <Overrule
        label={texts.shortDatesAre}
        told={texts.asWholeFileSuggests}
        texts={ORDER_TEXT}
        value={reading.dateOrder}
        error={problem('dateOrder')}
        onChange={(value) => fill({ dateOrder: value })}
      />
      <Overrule
        label={texts.stampsTell}
        told={texts.asFormatSays}
        texts={STAMP_TEXT}
        value={reading.stamp}
        error={problem('stamp')}
        onChange={(value) => fill({ stamp: value })}
      />
      {inspection.timeframe === 'D1' && (
        <Overrule
          label={texts.weekendDays}
          told={texts.daysOfTheirOwn}
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
