import { readFile, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const SOURCE = new URL('kernel.as', import.meta.url);
const TARGET = new URL('wasm.ts', import.meta.url);

/** Compiles kernel.as. The ending keeps AssemblyScript out of the TypeScript program; its compiler wants `.ts`. */
export async function compileKernel(): Promise<Uint8Array> {
  const source = await readFile(SOURCE, 'utf8');
  let binary: Uint8Array | undefined;
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1'];
  const { error, stderr } = await asc.main(['kernel.ts', '--outFile', 'kernel.wasm', ...options], {
    readFile: (name) => (name === 'kernel.ts' ? source : null),
    writeFile: (_name, contents) => {
      binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined)
    throw new Error(`kernel.as does not compile: ${stderr.toString()}`);
  return binary;
}

/** The text of wasm.ts: the compiled kernel as base64, in lines that fit the formatter. */
export function kernelModule(binary: Uint8Array): string {
  const lines =
    Buffer.from(binary)
      .toString('base64')
      .match(/.{1,100}/g) ?? [];
  return [
    '// Compiled from kernel.as by `node engine/models/trees/kernel/build.ts`; a test compares the two.',
    'export const KERNEL_WASM = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}

if (import.meta.main) await writeFile(TARGET, kernelModule(await compileKernel()));
