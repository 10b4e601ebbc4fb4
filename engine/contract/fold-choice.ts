import { grouped } from './counted.ts';
import type { ValidationDto } from './dto/index.ts';

/** How a procedure by what survives came to choose in its computed folds; null of any other. */
export function foldChoiceText({ folds }: Pick<ValidationDto, 'folds'>): string | null {
  const choices = folds.flatMap(({ chosenBy }) => chosenBy ?? []);
  if (choices.length === 0) return null;
  const learned = choices.filter(({ least }) => least !== null);
  const rows = learned.map((one) => grouped(one.rows));
  const early = choices.length - learned.length;
  const parts = [
    ...(learned.length === 0
      ? []
      : [
          `Champions of ${learned.length} of ${choices.length} folds are chosen by what survives, learned from what had ended when each began (${rows.length === 1 ? rows[0] : `${rows[0]} to ${rows.at(-1)}`} rows).`,
        ]),
    ...(early === 0
      ? []
      : [
          `${early === choices.length ? 'All' : `Those of the other ${early}`} are chosen by Sharpe: 1,000 rows are needed, and fewer had ended by then.`,
        ]),
  ];
  return parts.join(' ');
}
