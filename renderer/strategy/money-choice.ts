import { create } from 'zustand';

/** In the browser's memory, for who looks at it: an account is somebody's. */
const STORED_AS = 'regimen.money';

/** What an account is, and how large its trades are. */
export interface MoneyChoice {
  readonly shown: boolean;
  readonly account: number;
  readonly currency: string;
  readonly by: 'lots' | 'risk';
  readonly lots: number;
  /** Percent. */
  readonly risk: number;
}

const USUAL: MoneyChoice = { shown: false, account: 10_000, currency: 'USD', by: 'lots', lots: 0.1, risk: 1 };

export const useMoneyChoice = create<MoneyChoice>()(() => readMoney());

export function chooseMoney(change: Partial<MoneyChoice>): void {
  const next = { ...useMoneyChoice.getState(), ...change };
  useMoneyChoice.setState(next);
  try {
    localStorage.setItem(STORED_AS, JSON.stringify(next));
  } catch {
    // A browser that remembers nothing forgets this, too.
  }
}

/** What is stored, as far as it can be read. Exported for its test. */
export function readMoney(): MoneyChoice {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED_AS) ?? '{}') as Readonly<Record<string, unknown>>;
    const number = (key: 'account' | 'lots' | 'risk') => {
      const value = stored[key];
      return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : USUAL[key];
    };
    const { currency } = stored;
    return {
      shown: stored.shown === true,
      account: number('account'),
      currency: typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? currency : USUAL.currency,
      by: stored.by === 'risk' ? 'risk' : 'lots',
      lots: number('lots'),
      risk: number('risk'),
    };
  } catch {
    return USUAL;
  }
}
