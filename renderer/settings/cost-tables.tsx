import { Text } from '@mantine/core';
import type { SettingsDto } from '../../engine/contract/dto/index.ts';
import { common } from '../ui/texts/common.ts';
import { CostsTable } from './costs-table.tsx';
import type { Edit, Edits } from './edits.ts';
import { type CostRows, KIND_TITLES, valueAt } from './fields.ts';
import { texts } from './texts.ts';

interface CostTablesProps {
  readonly settings: SettingsDto;
  readonly rows: CostRows;
  readonly edits: Edits;
  readonly problems: Readonly<Record<string, string>>;
  onEdit(path: string, edit: Edit): void;
}

/** What trading costs: of currency pairs in pips, of all else in a unit that is named, for a whole kind or one symbol. */
export function CostTables({ settings, rows, ...form }: CostTablesProps) {
  const defaults = (valueAt(settings.values, 'costs.default') ?? {}) as Readonly<Record<string, unknown>>;
  const asked = [
    ...rows.kinds.map((row) => ({ ...row, title: KIND_TITLES[row.symbol as keyof typeof KIND_TITLES] })),
    ...rows.inUnits,
  ];
  return (
    <>
      <CostsTable label={texts.costsPerSymbol} rows={rows.inPips} defaults={defaults} {...form} />
      {asked.length === 0 ? null : (
        <>
          <Text size="sm" c="dimmed" mt="lg">
            {texts.metalsCrypto}
          </Text>
          <CostsTable
            label={texts.costsOfOtherMarkets}
            head={common.market}
            rows={asked}
            defaults={{}}
            {...form}
          />
        </>
      )}
    </>
  );
}
