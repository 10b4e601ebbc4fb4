import type { ChampionDto, EvidenceDto } from '../../../engine/contract/dto/index.ts';
import { evidenceText } from './evidence.ts';
import { integer, table } from './format.ts';

const NUMBERS = ['Strategies', 'Models', 'Eligible', 'Positive', 'Champions', 'Above luck'];

/** How far what was tried in each market came, and what the champions are worth taken together. */
export function funnelText({ markets }: EvidenceDto, champions: readonly ChampionDto[]): string {
  if (markets.length === 0) return 'No evidence yet: no model has been trained in this workspace.';
  const rows = markets.map(({ symbol, timeframe, strategies, tried, eligible, positive }) => {
    const own = champions.filter((one) => one.symbol === symbol && one.timeframe === timeframe);
    const above = own.filter(({ p }) => p !== null && p <= 0.05);
    const counts = [strategies, tried, eligible, positive, own.length, above.length];
    return [`${symbol} ${timeframe}`, ...counts.map(integer)];
  });
  return [
    table(['Market', ...NUMBERS], rows, NUMBERS),
    'Eligible: models with a strategy that trades often enough in some regime. Positive: of those, with one whose score is above break-even.',
    evidenceText(champions),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
