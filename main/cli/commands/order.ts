import { Option } from 'commander';

/** An order that begins with the smallest; the Api says `descending`, which a flag could not switch off. */
export const ascending = () => new Option('--ascending', 'smallest first');
