// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { chooseMoney, readMoney } from './money-choice.ts';

it('an account is remembered, and what can’t be read is as usual', () => {
  expect(readMoney()).toMatchObject({ shown: false, account: 10_000, currency: 'USD', by: 'lots' });
  chooseMoney({ shown: true, account: 500, currency: 'EUR', by: 'risk' });
  expect(readMoney()).toEqual({ shown: true, account: 500, currency: 'EUR', by: 'risk', lots: 0.1, risk: 1 });
  localStorage.setItem('regimen.money', '{"account":-3,"currency":"euro","by":"all"}');
  expect(readMoney()).toMatchObject({ account: 10_000, currency: 'USD', by: 'lots' });
  localStorage.setItem('regimen.money', '{');
  expect(readMoney()).toMatchObject({ account: 10_000 });
});
