import { modelTitle } from '../contract/model-type-names.ts';
import type { Grid } from './grid.ts';

/** Values that are told one by one; of more, only how many there are. */
const TOLD = 3;

/** What a queue is called that was given no name: `Ridge, Lasso on EURUSD, H1 H4`, `8 models on 12 symbols, H1`. */
export function defaultName({ axes }: Grid): string {
  const models = [...new Set(axes.variants.map(({ modelType }) => modelTitle(modelType)))];
  const told = (values: readonly string[], separator: string, noun: string) =>
    values.length <= TOLD ? values.join(separator) : `${values.length} ${noun}`;
  return `${told(models, ', ', 'models')} on ${told(axes.symbol, ' ', 'symbols')}, ${told(axes.timeframe, ' ', 'timeframes')}`;
}
