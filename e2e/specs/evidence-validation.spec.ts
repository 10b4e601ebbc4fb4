import type { ChampionDto, ValidationDto } from '../../engine/contract/dto/index.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** What bars that chose nothing say of a champion, and of a whole way of working. */

const GRID = {
  model_types: ['ridge'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4' as const],
  days_history: [60],
  horizons: [3],
};

test.describe.configure({ timeout: TRAINING_MS });

test('a champion shows its validations with their folds, and Evidence begins with a procedure', async ({
  page,
  server,
}, testInfo) => {
  await trainOnDemo(page, server, GRID);
  const [first] = await call<ChampionDto[]>(page, server, 'champions.list');
  const { champion } = first!;
  const address = `${server.origin}/#/evidence?champion=${encodeURIComponent(champion)}`;
  await page.goto(address);
  const panel = page.getByRole('region', { name: 'Out of sample', exact: true });
  await expect(panel).toContainText('Not validated yet');
  await panel.getByRole('link', { name: 'Validate this champion' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New validation' })).toBeVisible();

  const validate = async (input: object): Promise<ValidationDto> => {
    const made = await call<{ queueId: number; validations: number[] }>(
      page,
      server,
      'validation.create',
      input,
    );
    await call(page, server, 'queue.start', { queueId: made.queueId });
    await call(page, server, 'queue.wait', { queueId: made.queueId });
    return call(page, server, 'validation.get', { id: made.validations[0]! });
  };
  const own = await validate({ subject: { champion }, scheme: 'own' });
  await validate({ subject: { champion }, scheme: 'quick' });
  await validate({ subject: { grid: GRID }, scheme: 'own' });

  await page.goto(address);
  const curve = panel.getByRole('figure', { name: 'Out of sample, fold after fold' });
  await expect(curve).toBeVisible();
  await expect(curve.getByRole('list', { name: 'Legend' })).toContainText('5 to 95 %');
  await expect(curve).toContainText('Not counted: models were chosen on these days');
  await expect(panel.getByRole('radio', { name: 'Own windows, decides' })).toBeChecked();
  const folds = panel.getByRole('table', { name: 'Folds' });
  // Head, average, and each fold.
  await expect(folds.getByRole('row')).toHaveCount(2 + own.folds.length);
  await expect(folds).toContainText(`Average of ${own.stitched.folds} counted folds`);
  await expect(folds.getByText('not counted').first()).toBeAttached();
  await expect(panel.getByRole('table', { name: 'Criteria' }).getByRole('row')).toHaveCount(
    1 + own.criteria.length,
  );
  await lookAt(page, 'champion', testInfo);

  await panel.getByText('Quick', { exact: true }).click();
  await expect(panel.getByRole('figure', { name: 'Spearman by age of the model' })).toBeVisible();
  await expect(folds).toContainText('Aging 1');
  await lookAt(page, 'quick', testInfo);

  await visit(page, 'Evidence');
  const procedure = page.getByRole('region', { name: 'What this way of working would have earned' });
  await expect(procedure.getByRole('figure', { name: 'The procedure, fold after fold' })).toContainText(
    'The market held through the same days',
  );
  await procedure.getByText('Regimes, folds and criteria').click();
  await expect(procedure.getByRole('table', { name: 'Each regime alone' })).toBeVisible();
  await lookAt(page, 'evidence', testInfo);
});
