import type { Engine } from '../engine/app.ts';
import type { ValidationDto } from '../engine/contract/dto/index.ts';
import type { Figure } from './subject.ts';

/**
 * What a grid with its rules earned out of sample where each fold's champions are chosen by selection Sharpe, and where by what survives,
 * learned as of the fold from all folds before it: first only those that are worth a stake, then always the likeliest.
 */
const GRID = {
  name: 'Five',
  model_types: ['ridge', 'lightgbm'],
  timeframes: ['H4' as const],
  days_history: [365],
  horizons: [3, 6, 12],
};

const RULES = [
  { name: 'by Sharpe', changes: { 'evaluation.score': 'sharpe', 'evaluation.min_score': 'auto' } },
  {
    name: 'by what survives, above break-even',
    changes: { 'evaluation.score': 'survival', 'evaluation.min_score': 'auto' },
  },
  {
    name: 'by what survives, the likeliest',
    changes: { 'evaluation.score': 'survival', 'evaluation.min_score': 0 },
  },
] as const;

export async function survivalEarned(engine: Engine, symbols: readonly string[]): Promise<Figure[]> {
  const grid = { ...GRID, symbols: [...symbols] };
  const byRule: { readonly name: string; readonly validations: readonly ValidationDto[] }[] = [];
  for (const { name, changes } of RULES) {
    await engine.call('settings.set', { changes });
    const { queueId } = await engine.call('validation.create', { subject: { grid }, scheme: 'own' });
    await engine.call('queue.start', { queueId });
    await engine.call('queue.wait', { queueId });
    byRule.push({ name, validations: await engine.call('validation.list', { queueId }) });
  }
  // Only where all of the rules had a model to choose by.
  const learned = new Set(
    byRule
      .slice(1)
      .flatMap(({ validations }) =>
        validations.flatMap(({ symbol, folds }) =>
          folds.flatMap(({ chosenBy, test }) => (chosenBy?.least == null ? [] : [`${symbol} ${test.from}`])),
        ),
      ),
  );
  return byRule.flatMap(({ name, validations }) => figuresOf(name, validations, learned));
}

function figuresOf(
  name: string,
  validations: readonly ValidationDto[],
  learned: ReadonlySet<string>,
): Figure[] {
  let [folds, above, trades] = [0, 0, 0];
  const sharpes: number[] = [];
  for (const { symbol, folds: all, stitched } of validations) {
    for (const { test, metrics } of all) {
      if (!learned.has(`${symbol} ${test.from}`)) continue;
      folds++;
      trades += metrics?.trades?.value ?? 0;
      const sharpe = metrics?.sharpe?.value ?? 0;
      sharpes.push(sharpe);
      above += sharpe > 0 ? 1 : 0;
    }
    process.stderr.write(
      `  ${name} ${symbol}: Sharpe ${stitched.sharpe} ± ${stitched.standardError}, return ${stitched.return}, ${stitched.trades} trades\n`,
    );
  }
  const mean = sharpes.reduce((sum, one) => sum + one, 0) / folds;
  const spread = Math.sqrt(sharpes.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (folds - 1) / folds);
  return [
    { name: `${name}: mean Sharpe of ${folds} folds that could learn`, value: mean, unit: '(ratio)' },
    { name: `${name}: its standard error`, value: spread, unit: '(ratio)' },
    { name: `${name}: folds above zero`, value: above, unit: `of ${folds}` },
    { name: `${name}: trades in them`, value: trades, unit: 'trades' },
  ];
}
