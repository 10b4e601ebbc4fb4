import { createEngine, type Engine } from '../app.ts';

/** Does something with a workspace as a command line would: opened for it, and closed. */
export async function within<T>(workspace: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = createEngine({ workspace, role: 'command' });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
