import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

/** Compiles an AssemblyScript file and those it imports from its folder. The ending `.as` keeps it out of the TypeScript program; the compiler wants `.ts`. */
async function compile(file: URL): Promise<Uint8Array> {
  const entry = file.pathname.split('/').at(-1)!.replace(/\.as$/, '.ts');
  const source = (name: string) =>
    readFile(new URL(name.replace(/\.ts$/, '.as'), file), 'utf8').catch(() => null);
  let binary: Uint8Array | undefined;
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1'];
  const { error, stderr } = await asc.main([entry, '--outFile', 'kernel.wasm', ...options], {
    readFile: (name) => (name.startsWith('~') ? null : source(name)),
    writeFile: (_name, contents) => {
      binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined) throw new Error(`${file} does not compile: ${stderr}`);
  return binary;
}

/** The text of the module that holds a compiled file as `constant`; `folder` is the file's, from the project's root. */
export async function moduleText(file: URL, folder: string, constant: string): Promise<string> {
  const name = file.pathname.split('/').at(-1);
  const base64 = Buffer.from(await compile(file)).toString('base64');
  const lines = base64.match(/.{1,100}/g) ?? [];
  return [
    `// Compiled from ${name} by \`npx vitest run ${folder} --update\`; the same test compares the two.`,
    `export const ${constant} = [`,
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}
