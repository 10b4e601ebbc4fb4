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
