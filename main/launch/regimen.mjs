#!/usr/bin/env node
import { setAllocator } from './allocator.mjs';
import { setCompiler } from './compiler.mjs';
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
];

if (TRAINING.includes(process.argv[2] ?? '')) {
  setAllocator();
  setCompiler();
}
await launch('regimen', 'main/cli/regimen.ts');
