import type { RegimeDto } from '../../../engine/contract/dto/index.ts';
import { table } from './format.ts';

export function regimesText(regimes: readonly RegimeDto[]): string {
  const rows = regimes.map((r) => [
    r.name,
    r.active ? 'active' : 'inactive',
    Object.entries(r.rules)
      .map(([series, rule]) => `${series} ${rule}`)
      .join(', '),
  ]);
  return [
    table(['Regime', 'State', 'Rules'], rows),
    '',
    'The first active regime whose rules all hold labels a bar; the rest is unclassified.',
    'To change them, put `regimes: definitions:` into config.yaml in the workspace.',
  ].join('\n');
}
