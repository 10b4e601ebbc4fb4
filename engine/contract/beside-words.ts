import type { BesideDto } from './dto/index.ts';

/** What an agent's policy stands beside, in words, with what each is. */
export const BESIDE_WORDS: Readonly<
  Record<BesideDto['name'], { readonly title: string; readonly is: string }>
> = {
  policy: { title: 'Policy', is: 'what the agent did' },
  flat: { title: 'Flat', is: 'no position' },
  buy_and_hold: { title: 'Buy and hold', is: 'long throughout' },
  one_step: {
    title: 'One bar ahead',
    is: 'the same forest, asked for the coming bar alone: in where that pays the cost of a side, out where it would no longer',
  },
  random: {
    title: 'Random entries',
    is: 'median of 200 sets of as many trades, of the same sides and holding times, at random times',
  },
  hindsight: { title: 'Hindsight', is: 'the most that positions could net, costs paid' },
};
