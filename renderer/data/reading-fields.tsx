import { Select } from '@mantine/core';
import { DATE_ORDERS, type DateOrder } from '../../engine/contract/date-order.ts';
import type { InspectionDto } from '../../engine/contract/dto/index.ts';
import { SPREAD_UNITS, type SpreadUnit } from '../../engine/contract/spread-unit.ts';
import { STAMP_MEANINGS, type StampMeaning } from '../../engine/contract/table-words.ts';

/** How the user says that a file is to be read, against what it looks like. */
export interface Reading {
  readonly spreadUnit?: SpreadUnit | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly stamp?: StampMeaning | undefined;
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
  return (
    <>
      <Select
        label="Spreads are in"
        placeholder={spreadUnit === undefined ? 'The file has no spreads' : UNIT_TEXT[spreadUnit]}
        data={SPREAD_UNITS.map((value) => ({ value, label: UNIT_TEXT[value] }))}
        value={reading.spreadUnit ?? null}
        error={problem('spreadUnit')}
        clearable
        onChange={(value) => onChange({ ...reading, spreadUnit: (value as SpreadUnit | null) ?? undefined })}
      />
      <Select
        label="Short dates are"
        placeholder="As the whole file suggests"
        data={DATE_ORDERS.map((value) => ({ value, label: ORDER_TEXT[value] }))}
        value={reading.dateOrder ?? null}
        error={problem('dateOrder')}
        clearable
        onChange={(value) => onChange({ ...reading, dateOrder: (value as DateOrder | null) ?? undefined })}
      />
      <Select
        label="Stamps tell"
        placeholder="As the format says"
        data={STAMP_MEANINGS.map((value) => ({ value, label: STAMP_TEXT[value] }))}
        value={reading.stamp ?? null}
        error={problem('stamp')}
        clearable
        onChange={(value) => onChange({ ...reading, stamp: (value as StampMeaning | null) ?? undefined })}
      />
    </>
  );
}
