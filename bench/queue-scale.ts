import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, type Subject } from './subject.ts';

const PROCESS = fileURLToPath(new URL('./queue-scale-process.ts', import.meta.url));

type Measured = Record<
  | 'firstPreview'
  | 'preview'
  | 'generation'
  | 'start'
  | 'hostMb'
  | 'threadsMb'
  | 'small'
  | 'million'
  | 'millionCpu'
  | 'millionMb'
  | 'slowestPage',
  number
>;

export const queueScaleSubject: Subject = {
  name: 'queue-scale',
  title: 'a queue of 20,000 configurations, a history of 100,000 runs',
  async measure(runs = 3) {
    const measured = Array.from({ length: runs }, (): Measured => {
      const ran = spawnSync(process.execPath, [PROCESS], { encoding: 'utf8' });
      if (ran.status !== 0) throw new Error(ran.stderr);
      return JSON.parse(ran.stdout) as Measured;
    });
    const of = (what: keyof Measured) => median(measured.map((m) => m[what]));
    return {
      data: 'the synthetic demo market; a process of its own with 2 threads',
      runs,
      figures: [
        { name: 'preview, the first', value: of('firstPreview'), unit: 'ms', atMost: 200 },
        { name: 'preview', value: of('preview'), unit: 'ms', atMost: 200 },
        { name: 'generation', value: of('generation'), unit: 'ms', atMost: 2000 },
        { name: 'start', value: of('start'), unit: 'ms', atMost: 1000 },
        { name: 'memory of the host', value: of('hostMb'), unit: 'MB', atMost: 400 },
        { name: 'memory while two threads train', value: of('threadsMb'), unit: 'MB', atMost: 400 },
        { name: 'preview of 8, beside the history', value: of('small'), unit: 'ms', atMost: 50 },
        { name: 'preview of 1,000,000, beside the history', value: of('million'), unit: 'ms', atMost: 1000 },
        { name: 'processor time of it', value: of('millionCpu'), unit: 'ms', atMost: 1000 },
        { name: 'memory that it adds', value: of('millionMb'), unit: 'MB', atMost: 300 },
        { name: 'history page, the slowest of eight', value: of('slowestPage'), unit: 'ms', atMost: 50 },
      ],
    };
  },
};
