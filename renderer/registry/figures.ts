import { netText } from '../../engine/contract/forward-text.ts';
import { DASH } from '../ui/index.ts';

/** A net log return in percent, with the minus of figures. */
export const net = (value: number | null): string =>
  value === null ? DASH : netText(value).replace('-', '−');
