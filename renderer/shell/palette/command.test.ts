import { IconTag } from '@tabler/icons-react';
import { describe, expect, it } from 'vitest';
import { type Command, found, MOST_SHOWN } from './command.ts';

const command = (label: string, more: Partial<Command> = {}): Command => ({
  id: label,
  label,
  icon: IconTag,
  act: () => undefined,
  ...more,
});
const labels = (query: string, ...commands: Command[]) =>
  found([{ title: 'All', commands }], query).flatMap((group) => group.commands.map(({ label }) => label));

describe('what a query finds', () => {
  it('has all its words, wherever they stand and however they are written', () => {
    const bull = command('EURUSD H1, Bull trending', {
      detail: 'Ridge, no evidence',
      words: 'bull_trending',
    });
    const other = command('EURUSD H4, Calm ranging', { detail: 'Lasso, no evidence' });
    expect(labels('eurusd', bull, other)).toEqual([bull.label, other.label]);
    expect(labels('EURUSD/H1/bull_trending', bull, other)).toEqual([bull.label]);
    expect(labels('bull ridge', bull, other)).toEqual([bull.label]);
    expect(labels('bull lasso', bull, other)).toEqual([]);
  });

  it('begins with labels that begin with it, then with words that do', () => {
    const inside = command('Resume training');
    const word = command('New training');
    const begins = command('Training Queue');
    const elsewhere = command('Pause', { words: 'training' });
    expect(labels('train', elsewhere, inside, word, begins)).toEqual([
      'Training Queue',
      'Resume training',
      'New training',
      'Pause',
    ]);
  });

  it('leaves out groups without a match, and says the first of many', () => {
    const many = Array.from({ length: 50 }, (_, i) => command(`Run ${i}`));
    const groups = [
      { title: 'Runs', commands: many },
      { title: 'Places', commands: [command('Evidence')] },
    ];
    expect(found(groups, 'run').map(({ title, commands }) => [title, commands.length])).toEqual([
      ['Runs', MOST_SHOWN],
    ]);
  });
});
