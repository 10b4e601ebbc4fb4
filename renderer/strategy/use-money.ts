import { useDebouncedValue } from '@mantine/hooks';
import type { RawInput } from '../../engine/contract/api/index.ts';
import { useCall } from '../state/index.ts';
import { useMoneyChoice } from './money-choice.ts';

const TYPED_MS = 400;

/** A strategy of a run, alone in a regime where one is named. */
export interface MoneySubject {
  readonly run: string;
  readonly strategy: number;
  readonly regime: string | null;
}

export const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);

/** Its trades as money of the account that was described; nothing is asked while money is not shown, or of null. */
export function useMoney(of: MoneySubject | null) {
  const { shown, account, currency, by, lots, risk } = useMoneyChoice();
  const input: RawInput<'run.money'> | null =
    of === null || !shown || !isCurrency(currency)
      ? null
      : {
          run: of.run,
          strategy: of.strategy,
          ...(of.regime === null ? {} : { regime: of.regime }),
          account,
          currency,
          ...(by === 'lots' ? { lots } : { risk }),
        };
  const [asked] = useDebouncedValue(JSON.stringify(input), TYPED_MS);
  return useCall('run.money', JSON.parse(asked) as typeof input);
}
