import type { ChampionDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import { oneSplitJson } from '../../engine/interchange/testing/one-split.ts';
import { ONE_RIDGE } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** Versions in the window: trained for production, refused, put in charge, rolled back and retired, by mouse and keyboard. */

test.describe.configure({ timeout: TRAINING_MS });

test('a champion is made a candidate, and the gate refuses it', async ({ page, server }, testInfo) => {
  await trainOnDemo(page, server, ONE_RIDGE);
  const [{ champion, symbol, timeframe, regime }] = (await call<ChampionDto[]>(
    page,
    server,
    'champions.list',
  )) as [ChampionDto];
  await page.goto(`${server.origin}/#/evidence?champion=${encodeURIComponent(champion)}`);
  await page.getByRole('button', { name: 'Make candidate' }).click();
  const name = `${regime.charAt(0).toUpperCase()}${regime.slice(1).replaceAll('_', ' ')}, ${symbol} ${timeframe}`;
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: TRAINING_MS });
  const versions = page.getByRole('table', { name: 'Versions' });
  await expect(versions).toContainText('Staging');
  await versions.getByRole('button', { name: /^Update .* with new candles$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Update with new candles' }).click();
  await expect(page.getByText('Nothing is new', { exact: true })).toBeVisible({ timeout: TRAINING_MS });
  await lookAt(page, 'update-nothing-new', testInfo);
  await versions.getByRole('button', { name: /^Ask the gate of/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ask the gate' }).click();
  await expect(page.getByRole('table', { name: 'The last gate' })).toContainText('Missed', {
    timeout: TRAINING_MS,
  });
  await expect(page.getByText('Model not promoted:')).toBeVisible();
});

test('a model from elsewhere is judged, and the journal written', async ({ page, server }, testInfo) => {
  await trainOnDemo(page, server, ONE_RIDGE);
  await visit(page, 'Registry');
  await page.getByRole('button', { name: 'Judge a model from elsewhere' }).click();
  const dialog = page.getByRole('dialog');
  const chooser = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Choose a file' }).click();
  const json = oneSplitJson('close_position', 0.5, { below: 1e-3, above: -1e-3 });
  await (await chooser).setFiles({
    name: 'rule.json',
    mimeType: 'application/json',
    buffer: Buffer.from(json),
  });
  await expect(dialog.getByLabel('Model file')).toHaveValue('rule.json');
  await dialog.getByRole('combobox', { name: 'Run' }).click();
  await page.getByRole('option', { name: /^1: Ridge DEMO_EURUSD H4/ }).click();
  await dialog.getByRole('button', { name: 'Ask the gate' }).click();
  await expect(dialog.getByText('Nobody can tell from its file')).toBeVisible();
  await lookAt(page, 'imported-asked', testInfo);
  const series = await call<SeriesDto[]>(page, server, 'market.list');
  const last = series.find(({ symbol }) => symbol === 'DEMO_EURUSD')!.last;
  const until = new Date(Date.parse(last) - 320 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('Trained until').fill(until);
  await dialog.getByRole('button', { name: 'Ask the gate' }).click();
  await expect(dialog.getByText(`rule.json, which learned until ${until}`)).toBeVisible({
    timeout: TRAINING_MS,
  });
  await expect(dialog.getByText('Model refused:')).toBeVisible();
  // Ways on name what is there to be clicked.
  await expect(dialog.getByRole('list', { name: 'What may be done' })).toContainText(
    '“Verdict at least”: None',
  );
  await expect(dialog).not.toContainText('--');
  await lookAt(page, 'imported-refused', testInfo);
  await dialog.getByRole('button', { name: 'Report as HTML' }).click();
  await expect(page.getByText('What the gate said exported')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect(await call(page, server, 'production.journal')).toMatchObject({
    entries: [{ action: 'validated', gate: { imported: { file: 'rule.json' } } }],
  });
});

test('a model is trained for production, refused, promoted with a skip, superseded, rolled back and retired', async ({
  page,
}, testInfo) => {
  await page.getByRole('button', { name: 'Try with demo data' }).click();
  await expect(page.getByRole('button', { name: 'Generate Queue' })).toBeVisible();
  await visit(page, 'Registry');
  await page.getByRole('link', { name: 'Train for production' }).click();

  // The form, by keyboard where that is how one fills it in.
  const pick = async (list: string, option: RegExp) => {
    await page.getByRole('combobox', { name: list }).click();
    await page.getByRole('option', { name: option }).click();
  };
  await pick('Symbol', /^DEMO_EURUSD$/);
  await pick('Timeframe', /^H4$/);
  await pick('Model type', /^Ridge/);
  await pick('History', /^1 year$/);
  await page.getByLabel('Accuracy at least').fill('0.9');
  await pick('Target', /^Return/);
  await expect(page.getByText('A threshold of classes')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start training' })).toBeDisabled();
  await lookAt(page, 'form-refused', testInfo);
  await pick('Target', /^Direction/);
  const stages = page.getByRole('list', { name: 'Stages of DEMO_EURUSD H4' });
  await expect(stages).toContainText('test windows of 60 days');
  await lookAt(page, 'form', testInfo);
  await page.getByLabel('Reason').focus();
  await page.keyboard.type('a first try');
  await page.getByRole('button', { name: 'Start training' }).click();

  // Its page: stages as they go, the gate's report at its end.
  await expect(page.getByRole('heading', { name: 'Production training of DEMO_EURUSD H4' })).toBeVisible();
  await expect(page.getByText('Model not promoted:')).toBeVisible({ timeout: TRAINING_MS });
  await expect(stages.getByRole('listitem').last()).toContainText('Refused');
  await expect(page.getByRole('table', { name: 'The last gate' })).toContainText('at least 0.90 is asked');
  await lookAt(page, 'training', testInfo);

  // Put in charge with that left out.
  await page.getByRole('link', { name: 'Open in Registry' }).click();
  const versions = page.getByRole('table', { name: 'Versions' });
  const journal = page.getByRole('table', { name: 'Journal' });
  await expect(journal).toContainText('not promoted: a first try');
  await versions.getByRole('button', { name: /^Promote/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Skip validation').click();
  await expect(dialog.getByText('Not asked: test windows, thresholds, a verdict')).toBeVisible();
  await dialog.getByLabel('Reason').fill('to see it');
  await lookAt(page, 'promote', testInfo);
  await dialog.getByLabel('Reason').press('Enter');
  await expect(page.getByText(/^Version \d{8}_\d{6} is in production since/)).toBeVisible();
  await expect(journal.getByRole('row').nth(1)).toContainText(
    'Not asked: test windows, thresholds, a verdict',
  );
  await expect(journal.getByRole('row').nth(1)).toContainText('to see it');
  const first = (await versions.getByRole('row').nth(1).getByRole('cell').first().textContent())!;

  // Superseded by another one, from the name's page.
  await page.getByRole('link', { name: 'Train again' }).click();
  await expect(page.getByRole('combobox', { name: 'Symbol' })).toHaveValue('DEMO_EURUSD');
  await pick('Model type', /^Ridge/);
  await pick('History', /^1 year$/);
  await page.getByLabel('Skip validation').click();
  await page.getByLabel('Force').click();
  await expect(page.getByText('the comparison with production. That stands')).toBeVisible();
  await expect(stages).toContainText(`It is not compared with ${first}`);
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(stages.getByRole('listitem').last()).toContainText('is in production', {
    timeout: TRAINING_MS,
  });
  await page.getByRole('link', { name: 'Open in Registry' }).click();
  await expect(versions.getByRole('row')).toHaveCount(3);
  const second = (await versions.getByRole('row').nth(1).getByRole('cell').first().textContent())!;
  const sideBySide = page.getByRole('region', { name: 'Side by side, table' });
  await expect(sideBySide.getByRole('columnheader').nth(1)).toHaveText(second);
  await expect(sideBySide.getByRole('columnheader').nth(2)).toHaveText(first);
  await expect(sideBySide.getByRole('row', { name: /^Stage/ })).toHaveText(/Production.*Archived/);
  await page.getByRole('button', { name: 'Report as HTML' }).click();
  await expect(page.getByText('What the gate said exported')).toBeVisible();
  await lookAt(page, 'name', testInfo);
  // What the gate said then, and all of it as a file.
  await journal
    .getByRole('button', { name: /^What the gate said on/ })
    .last()
    .click();
  await expect(dialog.getByRole('table', { name: 'The gate' })).toContainText('at least 0.90 is asked');
  await lookAt(page, 'journal-gate', testInfo);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Journal as CSV' }).click();
  await expect(page.getByText('The journal exported')).toBeVisible();

  // Back to the one before, and out.
  await page.getByRole('button', { name: 'Roll back' }).click();
  await expect(dialog.getByRole('combobox', { name: 'Back to' })).toHaveValue(new RegExp(first));
  await lookAt(page, 'rollback', testInfo);
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await expect(page.getByText(`Version ${first} is in production since`)).toBeVisible();
  await page.getByRole('button', { name: 'Alias' }).click();
  await dialog.getByLabel('Alias').fill('challenger');
  await dialog.getByRole('button', { name: 'Point it there' }).click();
  await expect(versions).toContainText('challenger');
  await page.getByRole('button', { name: 'Retire' }).click();
  await dialog.getByLabel('Reason').fill('enough');
  await lookAt(page, 'retire', testInfo);
  await dialog.getByRole('button', { name: 'Retire' }).click();
  await expect(page.getByText('Nobody is in production', { exact: true })).toBeVisible();
  await expect(journal.getByRole('row').nth(1)).toContainText('enough');

  await visit(page, 'Registry');
  await expect(page.getByRole('table', { name: 'Names' })).toContainText('Nobody');
  await lookAt(page, 'names', testInfo);
  await visit(page, 'Training Queue');
  await expect(page.getByRole('region', { name: 'Production trainings' })).toContainText('Completed');
  await lookAt(page, 'queue', testInfo);
});
