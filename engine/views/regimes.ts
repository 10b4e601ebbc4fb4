import type { RegimeDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import type { RegimesTable } from '../store/schema.ts';

export function regimeDto(row: RegimesTable): RegimeDto {
  const { name, title, description, rules } = storedJson<RegimeDefinition>(
    row.definition,
    `the regime ${row.name}`,
  );
  return { name, title, description, active: row.active === 1, rules };
}
