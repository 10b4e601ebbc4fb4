import { setTimeout as delay } from 'node:timers/promises';
import { createPrng } from '../../engine/random/prng.ts';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
