import { describe, expect, it } from 'vitest';
import type { QueueRow } from '../store/queues.ts';
import { nextTurn, type Situation, waitingFor } from './turns.ts';

const queue = (id: number, changes: Partial<QueueRow> = {}) =>
  ({ id, name: `Queue ${id}`, state: 'pending', ...changes }) as QueueRow;
const running = (id: number) => queue(id, { state: 'running' });

const [A, B, C] = [queue(1), queue(2), queue(3)];

function situation(changes: Partial<Situation> = {}): Situation {
  return {
    pending: [A, B, C],
    active: [],
    limit: 1,
    isHost: true,
    beginsByItself: () => true,
    otherProcess: undefined,
    shortage: () => null,
    ...changes,
  };
}

describe('the next turn', () => {
  const NEXT: [what: string, changes: Partial<Situation>, next: QueueRow | undefined][] = [
    ['is that of the first', {}, A],
    ['is nobody’s while as many run as may', { active: [running(9)] }, undefined],
    ['is that of the first while one more may run', { active: [running(9)], limit: 2 }, A],
    ['passes who waits to be started', { beginsByItself: ({ id }) => id === 3 }, C],
    [
      'is nobody’s while another process trains',
      { active: [running(9)], limit: 2, otherProcess: 77 },
      undefined,
    ],
    ['is nobody’s without any', { pending: [] }, undefined],
  ];
  it.each(NEXT)('%s', (_what, changes, next) => expect(nextTurn(situation(changes))).toBe(next));
});

describe('what a queue waits for', () => {
  const WAITS: [queue: QueueRow, changes: Partial<Situation>, says: string | null][] = [
    [running(1), {}, null],
    [queue(1, { state: 'paused' }), {}, null],
    [A, { beginsByItself: () => false }, 'Waits to be started.'],
    [A, { active: [running(9)] }, 'Waits for its turn: "Queue 9" is in training.'],
    [C, { active: [running(9)] }, 'Waits for its turn: "Queue 9" is in training, 2 before it.'],
    [
      C,
      { active: [running(9)], beginsByItself: ({ id }) => id !== 1 },
      'Waits for its turn: "Queue 9" is in training, 1 before it.',
    ],
    [A, { active: [running(8), running(9)], limit: 2 }, 'Waits for its turn: 2 are in training.'],
    [B, { active: [running(9)], limit: 3 }, 'Waits for its turn: "Queue 9" is in training, 1 before it.'],
    [
      A,
      { active: [running(9)], otherProcess: 77 },
      'Waits for process 77, which trains "Queue 9" in this workspace.',
    ],
    [A, { shortage: () => 'Only 3 MB are free.' }, 'Waits for room on the disk. Only 3 MB are free.'],
    [A, {}, 'Is about to start.'],
    [B, {}, 'Waits for its turn: 1 before it.'],
    [A, { isHost: false }, 'Waits for a window or server that is open on this workspace, or to be started.'],
    [
      B,
      { isHost: false, active: [running(9)], otherProcess: 77 },
      'Waits for its turn: "Queue 9" is in training, 1 before it.',
    ],
    [A, { isHost: false, active: [running(9)] }, 'Waits for its turn: "Queue 9" is in training.'],
  ];
  it.each(WAITS)('%o with %o', (waiting, changes, says) =>
    expect(waitingFor(waiting, situation(changes))).toBe(says),
  );
});
