import type { TrackedRow } from '../tracked.ts';

export const exampleTracked = (tracking: number): TrackedRow => ({
  tracking_id: tracking,
  key: 'job/1@3',
  remote: '6f3a',
  version: 'whole',
  refusal: null,
  sent_at: 3,
});
