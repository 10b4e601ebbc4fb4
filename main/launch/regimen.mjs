#!/usr/bin/env node
import { SERVER_FLAGS, setAllocator, WORKER_FLAGS } from './allocator.mjs';
import { launch } from './launch.mjs';

/** Commands that train, or groups of such: others end before they would hold anything, and start sooner as they are. */
const TRAINING = [
  'train',
  'demo',
  'evaluate',
  'validate',
  'jobs',
  'queue',
  'search',
  'survival',
  'production',
  'schedule',
  'worker',
  'serve',
];

const command = process.argv[2] ?? '';
if (TRAINING.includes(command)) setAllocator({ worker: WORKER_FLAGS, serve: SERVER_FLAGS }[command]);
// The server is a host of its own, which saves what it trains by itself.
if (command === 'serve') await launch('server', 'main/server/index.ts', ['renderer']);
else await launch('regimen', 'main/cli/regimen.ts');
