import { expect, it } from 'vitest';
import { PIPELINE_VERSION } from '../../pipeline/version.ts';
import { kinOf, queueOf, refusalOf } from './protocol.ts';

const host = kinOf('aaaaaaaaaaaa', 'none');

it('takes its own kin, and says of others what they need', () => {
  expect(refusalOf(kinOf('aaaaaaaaaaaa', 'none'), host)).toBeUndefined();
  expect(refusalOf({ ...host, pipeline: PIPELINE_VERSION - 1 }, host)).toContain(
    `it has pipeline ${PIPELINE_VERSION - 1}, protocol 6, and pipeline ${PIPELINE_VERSION}, protocol 6 is needed`,
  );
  expect(refusalOf({ ...host, bits: 'bbbbbbbbbbbb' }, host)).toContain('(bbbbbbbbbbbb, not aaaaaaaaaaaa)');
  expect(refusalOf({ ...host, key: '12345678' }, host)).toContain('REGIMEN_WORKER_KEY');
});

it('puts tasks of each kin where no other looks', () => {
  const others = [
    { ...host, protocol: 1 },
    { ...host, pipeline: 1 },
    { ...host, bits: 'b' },
    { ...host, key: 'k' },
  ];
  expect(new Set([host, ...others].map(queueOf)).size).toBe(5);
  // BullMQ takes no colon in a name.
  expect(queueOf(host)).not.toContain(':');
});
