import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCommitGroups } from './commit-groups.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function groupsOf(breaks: (results: readonly number[]) => boolean = () => false) {
  const commits: number[][] = [];
  const failures: unknown[] = [];
  const groups = createCommitGroups<number>({
    commit(results) {
      if (breaks(results)) throw new Error(`broken: ${results.join()}`);
      commits.push([...results]);
    },
    failed: (error) => failures.push((error as Error).message),
    now: () => performance.now(),
  });
  return { groups, commits, failures };
}

test('results that come one by one are permanent at once', () => {
  const { groups, commits } = groupsOf();
  for (let i = 0; i < 3; i++) {
    groups.add(i);
    expect(commits).toHaveLength(i + 1);
    vi.advanceTimersByTime(100);
  }
});

test('those that come close together are one group, a tenth of a second after the one before, or once there are eight', () => {
  const { groups, commits } = groupsOf();
  for (const i of [0, 1, 2]) groups.add(i);
  expect(commits).toEqual([[0]]);
  vi.advanceTimersByTime(99);
  expect(commits).toEqual([[0]]);
  vi.advanceTimersByTime(1);
  expect(commits).toEqual([[0], [1, 2]]);
  for (let i = 3; i < 12; i++) groups.add(i);
  expect(commits).toEqual([[0], [1, 2], [3, 4, 5, 6, 7, 8, 9, 10]]);
  groups.flush();
  groups.flush();
  expect(commits.at(-1)).toEqual([11]);
  vi.advanceTimersByTime(1000);
  expect(commits).toHaveLength(4);
});

test('of a group that can not be permanent, what can be is, up to the first that can not; nothing after it', () => {
  const { groups, commits, failures } = groupsOf((results) => results.includes(3));
  for (const i of [0, 1, 2, 3, 4]) groups.add(i);
  vi.advanceTimersByTime(100);
  expect(commits).toEqual([[0], [1], [2]]);
  expect(failures).toEqual(['broken: 3']);
  groups.add(5);
  vi.advanceTimersByTime(1000);
  groups.flush();
  expect(commits).toHaveLength(3);
});

test('whoever adds the last one of a group, or asks for it, is told that it failed', () => {
  const { groups } = groupsOf(() => true);
  expect(() => groups.add(0)).toThrow('broken: 0');
  const other = groupsOf((results) => results.includes(1));
  other.groups.add(0);
  other.groups.add(1);
  expect(() => other.groups.flush()).toThrow('broken: 1');
  expect(other.failures).toEqual([]);
});
