import { registerHooks } from 'node:module';

/** `node --import …/register.ts out/main/index.js`: the module `electron` is the double. */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== 'electron') return nextResolve(specifier, context);
    return { url: new URL('./index.ts', import.meta.url).href, shortCircuit: true };
  },
});
