import { expect, test } from '../fixtures.ts';
import { call } from '../steps.ts';

test('a grid that was begun is there after a reload, and asked about; started over, it is gone', async ({
  page,
  server,
}) => {
  await call(page, server, 'market.demo');
  await page.goto(`${server.origin}/#/queue?new=1`);
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('half a thought');
  await page.getByRole('checkbox', { name: 'Ridge', exact: true }).check();
  await page.reload();
  await expect(name).toHaveValue('half a thought');
  await expect(page.getByRole('checkbox', { name: 'Ridge', exact: true })).toBeChecked();
  const found = page.getByRole('region', { name: 'Restored what you had begun' });
  await found.getByRole('button', { name: 'Go on with it' }).click();
  await expect(found).toBeHidden();

  await page.reload();
  await found.getByRole('button', { name: 'Start over' }).click();
  await expect(name).toHaveValue('');
  await page.reload();
  await expect(name).toHaveValue('');
  await expect(found).toBeHidden();
});

test('regimes and settings that were changed and not saved are there after a reload, and asked about', async ({
  page,
  server,
}) => {
  await page.goto(`${server.origin}/#/regimes?view=manage`);
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill('Half a regime');
  await page.goto(`${server.origin}/#/queue`);
  await page.goto(`${server.origin}/#/regimes?view=manage`);
  await expect(title).toHaveValue('Half a regime');
  await page.reload();
  await expect(title).toHaveValue('Half a regime');
  const found = page.getByRole('region', { name: 'Restored what you had begun' });
  await found.getByRole('button', { name: 'Start over' }).click();
  await expect(title).not.toHaveValue('Half a regime');

  await page.goto(`${server.origin}/#/data?tab=settings`);
  const disk = page.getByRole('textbox', { name: 'Min free (MB)' });
  await disk.fill('777');
  await page.reload();
  await expect(disk).toHaveValue('777');
  await expect(found).toBeVisible();
  await expect(page.getByText('1 change not saved yet')).toBeVisible();
});

test('a search that has but a name yet is there after a reload, and asked about', async ({
  page,
  server,
}) => {
  await call(page, server, 'market.demo');
  await page.goto(`${server.origin}/#/queue?search=`);
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('half a search');
  await page.reload();
  await expect(name).toHaveValue('half a search');
  const found = page.getByRole('region', { name: 'Restored what you had begun' });
  await found.getByRole('button', { name: 'Start over' }).click();
  await expect(name).toHaveValue('');
  await expect(found).toBeHidden();
});
