import { Select, TextInput } from '@mantine/core';
import type { InspectionDto } from '../../engine/contract/dto/index.ts';
import { texts } from './texts.ts';

/** What the user says that trading costs, as typed. */
export interface GivenCosts {
  readonly spread?: string;
  readonly unit?: string;
  /** Percent per side. */
  readonly commission?: string;
}

const UNITS = [
  { value: 'price', label: texts.inPriceUnits },
  { value: '%', label: texts.percentOfPrice },
  { value: 'pips', label: texts.pips },
];

/** What an import is told of them. */
export function costsInput({ spread = '', unit = 'price', commission = '' }: GivenCosts) {
  return {
    ...(spread.trim() === '' ? {} : { spread: `${spread.trim()} ${unit}` }),
    ...(commission.trim() === '' ? {} : { commission: `${commission.trim()} %` }),
  };
}

interface CostFieldsProps {
  readonly costs: GivenCosts;
  readonly inspection: InspectionDto;
  /** What is wrong with an input, by its name. */
  problem(path: string): string | undefined;
  onChange(costs: GivenCosts): void;
}

/** Asked for where nothing says what trading costs; what is typed is kept in the settings. */
export function CostFields({ costs, inspection, problem, onChange }: CostFieldsProps) {
  const { costsAdvice, kind } = inspection;
  if (costsAdvice === null && costs.spread === undefined) return null;
  const fill = (changed: GivenCosts) => onChange({ ...costs, ...changed });
  return (
    <>
      <TextInput
        label={texts.spread}
        description={texts.askMinusBid}
        placeholder="12"
        inputMode="decimal"
        value={costs.spread ?? ''}
        error={problem('spread')}
        onChange={(event) => fill({ spread: event.currentTarget.value })}
      />
      <Select
        label={texts.spreadIs}
        description={texts.keptInSettings}
        data={kind === 'metal' || kind === 'pair' ? UNITS : UNITS.filter(({ value }) => value !== 'pips')}
        value={costs.unit ?? 'price'}
        allowDeselect={false}
        onChange={(unit) => fill({ unit: unit ?? 'price' })}
      />
      <TextInput
        label={texts.commissionPercentPerSide}
        placeholder="0"
        inputMode="decimal"
        value={costs.commission ?? ''}
        error={problem('commission')}
        onChange={(event) => fill({ commission: event.currentTarget.value })}
      />
    </>
  );
}
