import { createPrng } from '../engine/random/prng.ts';
import { groupSize } from '../engine/workers/remote/group-size.ts';
import { createSeal } from '../engine/workers/remote/seal.ts';
import { startRedis } from '../engine/workers/testing/redis-server.ts';
import { CONFIGURATIONS, type Cost, remote } from './scale.ts';
import { type SimulatedCosts, simulateScale } from './simulate.ts';
import { type Figure, median, type Subject } from './subject.ts';

/** Threads elsewhere, each a worker of its own. */
const THREADS = [10, 100, 1000];
const CELLS_A_THREAD = 100;
/** A gigabit. */
const NETWORK_BYTES = 125e6;
/** A series that every worker needs: ten years of H1, and one of a million M1 bars. */
const CANDLE_BYTES = [62_000 * 48, 1_000_000 * 48] as const;
const SEED = 20;

/** What so many threads elsewhere reach, from what one costs on this machine: `bench -- scale --simulate`. */
export const simulatedScaleSubject: Subject = {
  name: 'scale',
  title: 'threads elsewhere than there are here, simulated from what one costs',
  isLong: true,
  async measure(runs = 3) {
    const costs = await measuredCosts(runs);
    const pace = mean(costs.trainingSeconds);
    const figures: Figure[] = [
      { name: 'training, mean', value: pace, unit: 's a configuration' },
      { name: "host's processor", value: costs.hostSeconds * 1000, unit: 'ms a configuration' },
      { name: 'through Redis', value: costs.resultBytes / 1000, unit: 'KB a configuration' },
    ];
    for (const slower of [1, 20]) {
      const trainingSeconds = costs.trainingSeconds.map((seconds) => seconds * slower);
      for (const threads of THREADS) {
        const cells = threads * CELLS_A_THREAD;
        const cellsOfTask = groupSize(pace * slower, { ofBatch: cells, after: 0 }, threads);
        const sized = { threads, cells, cellsOfTask };
        const { perSecond, hostBusy, redisBusy } = simulateScale(
          { ...costs, trainingSeconds },
          sized,
          createPrng(SEED).float,
        );
        const name = `${threads} threads${slower === 1 ? '' : `, configurations ${slower} times as long`}`;
        figures.push(
          { name, value: perSecond, unit: 'configurations/s' },
          {
            name: `${name}: of what they train`,
            value: (100 * perSecond * pace * slower) / threads,
            unit: '%',
          },
          { name: `${name}: host busy`, value: 100 * hostBusy, unit: '%' },
          { name: `${name}: network busy`, value: 100 * redisBusy, unit: '%' },
        );
      }
    }
    for (const candleBytes of CANDLE_BYTES) {
      const fetch = { ...costs, candleBytes, candleSeconds: candleBytes / sealedBytesPerSecond() };
      const { candleSeconds } = simulateScale(
        fetch,
        { threads: 1000, cells: 1000, cellsOfTask: 1 },
        createPrng(SEED).float,
      );
      figures.push({
        name: `1000 workers have ${Math.round(candleBytes / 1e6)} MB of candles`,
        value: candleSeconds,
        unit: 's',
      });
    }
    return { data: 'measured on this machine, a gigabit of network', runs, figures };
  },
};

/** Of a grid of all model types that one worker of one thread trains. */
async function measuredCosts(runs: number): Promise<SimulatedCosts> {
  const redis = await startRedis();
  try {
    const costs: Cost[] = [];
    for (let run = 0; run < runs; run++) costs.push(await remote(redis, 1));
    const of = (pick: (cost: (typeof costs)[number]) => number) => median(costs.map(pick));
    return {
      trainingSeconds: costs.flatMap(({ trainingSeconds }) => trainingSeconds),
      hostSeconds: of(({ hostSeconds }) => hostSeconds / CONFIGURATIONS),
      workerSeconds: of(({ processorSeconds, hostSeconds, trainingSeconds }) =>
        Math.max(0, (processorSeconds - hostSeconds) / CONFIGURATIONS - mean(trainingSeconds)),
      ),
      resultBytes: of(({ throughMb }) => (throughMb! * 1e6) / CONFIGURATIONS),
      candleBytes: 0,
      candleSeconds: 0,
      bandwidth: NETWORK_BYTES,
    };
  } finally {
    await redis.close();
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What the host does with a part of a candle file: signed, packed, bytes/s. */
function sealedBytesPerSecond(): number {
  const PART = 4 * 1024 * 1024;
  const seal = createSeal('0123456789abcdef');
  const bytes = new Uint8Array(PART);
  const times = Array.from({ length: 9 }, () => {
    const start = process.cpuUsage();
    seal.seal('candles', { bytes, size: PART });
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return PART / median(times);
}
