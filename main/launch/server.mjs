#!/usr/bin/env node
import { setAllocator } from './allocator.mjs';
import { setCompiler } from './compiler.mjs';
import { launch } from './launch.mjs';

setAllocator();
setCompiler();
await launch('server', 'main/server/index.ts', ['renderer']);
