import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { makePrivateFolder, writeFileAtomic } from '../../files/atomic-write.ts';

/** What was computed lately, newest first: a folder may be that of several machines. */
const knownSchema = z.array(z.object({ machine: z.string(), bits: z.string().regex(/^[0-9a-f]{12}$/) }));
const MOST_KNOWN = 8;

/**
 * The bits of this machine as they were computed on it before, by the same code; see `bitsOfThisMachine`, which takes a quarter of a second, and on a
 * host a thread. What can't be read or written is computed each time.
 *
 * @param file where they are kept
 * @param machine what the bits depend on; undefined: that is not known, and nothing is kept
 */
export async function knownBits(
  file: string,
  compute: () => string | Promise<string>,
  machine: string | undefined = machineOfBits(),
): Promise<string> {
  if (machine === undefined) return compute();
  const known = read(file);
  const found = known.find((one) => one.machine === machine);
  if (found !== undefined) return found.bits;
  const bits = await compute();
  const others = known.filter((one) => one.machine !== machine).slice(0, MOST_KNOWN - 1);
  try {
    makePrivateFolder(dirname(file));
    writeFileAtomic(file, Buffer.from(JSON.stringify([{ machine, bits }, ...others])));
  } catch {
    // It is computed next time, too.
  }
  return bits;
}

function read(file: string): z.infer<typeof knownSchema> {
  try {
    return knownSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

/** Of what Linux says of a processor: what it is, and what it can do, on any architecture. */
const PROCESSOR =
  /^(vendor_id|model|model name|stepping|microcode|flags|features|isa|cpu (family|implementer|architecture|variant|part|revision))\s*:/i;
const ABILITIES = /^(flags|features|isa)\s*:/i;

/**
 * Names all that the bits can depend on: kind and abilities of the processor, Node and V8 and how they were asked to run, the system's mathematics, and
 * the code itself, kernels included. Undefined where the system does not say what its processor can do, and where the
 * code lies in many files, as in the sources.
 *
 * @param processors what Linux says in /proc/cpuinfo
 * @param code the file that this is in
 */
export function machineOfBits(
  processors = textOf('/proc/cpuinfo'),
  code = fileURLToPath(import.meta.url),
): string | undefined {
  const lines = processors?.split('\n').filter((line) => PROCESSOR.test(line)) ?? [];
  if (code.endsWith('.ts') || !lines.some((line) => ABILITIES.test(line))) return undefined;
  const hash = createHash('sha256');
  // Those of all cores, which may differ.
  hash.update([...new Set(lines)].sort().join('\n'));
  const { versions, platform, arch, execArgv, env } = process;
  hash.update(JSON.stringify([versions, platform, arch, execArgv, env.NODE_OPTIONS ?? '']));
  hash.update(new Uint8Array(mathematics().buffer));
  return hash.update(readFileSync(code)).digest('hex');
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Values of functions that are the system's own library in some builds of V8. */
function mathematics(): Float64Array<ArrayBuffer> {
  const { exp, expm1, log, log1p, pow, sin, cos, tan, tanh, atan, cbrt, sinh } = Math;
  const functions = [
    exp,
    expm1,
    log,
    log1p,
    sin,
    cos,
    tan,
    tanh,
    atan,
    cbrt,
    sinh,
    (x: number) => pow(x, 1.7),
  ];
  const values = functions.flatMap((f) => Array.from({ length: 32 }, (_, i) => f(0.037 + i * 0.291)));
  return Float64Array.from(values);
}
