import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, type Subject } from './subject.ts';

const PROCESS = fileURLToPath(new URL('./commits-process.ts', import.meta.url));
/** Results of one transaction: trees come one by one, linear models as many as a group may have. */
const GROUPS = [1, 8];

export const commitsSubject: Subject = {
  name: 'commits',
  title: 'what a result takes of the host to become permanent, alone and in a group of eight',
  async measure(runs = 3) {
    const figures = GROUPS.flatMap((group) => {
      const measured = Array.from({ length: runs }, () => {
        const ran = spawnSync(process.execPath, [PROCESS, String(group)], { encoding: 'utf8' });
        if (ran.status !== 0) throw new Error(ran.stderr);
        return JSON.parse(ran.stdout) as Record<string, number>;
      });
      return Object.keys(measured[0]!).map((part) => ({
        name: `${part}, ${group === 1 ? 'alone' : `${group} at a time`}`,
        value: median(measured.map((one) => one[part]!)),
        unit: 'ms',
        ...(part === 'whole' && group > 1 ? { atMost: 2 } : {}),
      }));
    });
    return {
      data: '128 linear models on the synthetic demo market; processor time of the host thread',
      runs,
      figures,
    };
  },
};
