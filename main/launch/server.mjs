#!/usr/bin/env node
import { launch } from './launch.mjs';

await launch('server', 'main/server/index.ts', ['renderer']);
