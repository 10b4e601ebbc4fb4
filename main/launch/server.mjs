#!/usr/bin/env node
import { setAllocator } from './allocator.mjs';
import { launch } from './launch.mjs';

setAllocator();
await launch('server', 'main/server/index.ts', ['renderer']);
