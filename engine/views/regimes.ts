import type { RegimeDto } from '../contract/dto/index.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import type { RegimesTable } from '../store/schema.ts';

export function regimeDto(row: RegimesTable): RegimeDto {
  const { name, title, description, rules } = JSON.parse(row.definition) as RegimeDefinition;
  return { name, title, description, active: row.active === 1, rules };
}
