import type { ChampionRobustnessDto, RobustnessDto } from '../../../engine/contract/dto/index.ts';
import { decimal, percent, table } from './format.ts';

const NUMBERS = ['Score', 'Neighbors', 'Ratio', 'x1.5', 'x2', 'Late', 'Best out', 'Random'];

/** How much of each champion's score hangs on details. */
export function robustnessText(champions: readonly ChampionRobustnessDto[]): string {
  if (champions.length === 0) return 'No champions yet: there is nothing to test.';
  const rows = champions.map(({ champion, run, robustness }) => [
    champion,
    String(run),
    ...(robustness === null ? NUMBERS.map(() => decimal(null)) : figuresOf(robustness)),
  ]);
  const [first] = champions.flatMap(({ robustness }) => robustness ?? []);
  const lines = [table(['Champion', 'Run', ...NUMBERS], rows, ['Run', ...NUMBERS])];
  if (first !== undefined) {
    lines.push(
      '',
      `Score: ${first.scoredBy.replaceAll('_', ' ')} on the selection window, alone in the regime, as all others here; ${first.breakEven} is break-even.`,
      'Neighbors: median of the strategies one step away in the inference grid; Ratio: that over the score. x1.5, x2: the same trades at so',
      'many times their costs. Late: each signal acted upon one bar later. Best out: without the best twentieth of its trades. Random: share of',
      '1,000 random entry sets of the same number, sides, holding times and regime that score less; half would without any skill.',
    );
  }
  for (const { champion, error } of champions) {
    if (error !== null) lines.push(`– ${champion} was not tested: ${error}`);
  }
  const others = champions.flatMap(otherSymbolLine);
  if (others.length > 0) lines.push('', 'The same configuration and strategy on other symbols:', ...others);
  return lines.join('\n');
}

function figuresOf({
  own,
  neighborMedian,
  neighborRatio,
  costs,
  late,
  withoutBest,
  random,
}: RobustnessDto): string[] {
  return [
    decimal(own.score),
    decimal(neighborMedian),
    percent(neighborRatio, 0),
    ...costs.map(({ score }) => decimal(score)),
    decimal(late.score),
    decimal(withoutBest.score),
    percent(random.percentile),
  ];
}

function otherSymbolLine({ champion, symbols }: ChampionRobustnessDto): string[] {
  if (symbols.length === 0) return [];
  const found = symbols.flatMap((one) =>
    one.missing === null ? [`${one.symbol} ${decimal(one.score)}`] : [],
  );
  const missing = Map.groupBy(
    symbols.filter((one) => one.missing !== null),
    (one) => one.missing!,
  );
  const reasons = [...missing].map(
    ([reason, those]) => `${those.map((one) => one.symbol).join(', ')}: ${reason}`,
  );
  return [`  ${champion}: ${[found.join(', '), ...reasons].filter(Boolean).join('; ')}`];
}
