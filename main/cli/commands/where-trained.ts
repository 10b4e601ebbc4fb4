import { Option } from 'commander';

/** Where a command's models are trained: `main/cli/program.ts` reads both, whatever the command. */
export const whereTrained = (): readonly Option[] => [
  new Option(
    '--parallel <n>',
    'worker threads of this machine, 1 to 256; 0 with --redis: none (queue.threads)',
  ),
  new Option(
    '--redis <url>',
    'workers that are met at this Redis train, too (queue.workers, or REGIMEN_REDIS)',
  ),
];
