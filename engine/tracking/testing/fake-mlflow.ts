import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A run as the server has it. */
export interface FakeRun {
  readonly run_id: string;
  readonly name: string;
  status: string;
  end_time?: number;
  readonly tags: Record<string, string>;
  readonly params: Record<string, string>;
  readonly metrics: { key: string; value: number; step: number; timestamp: number }[];
  readonly files: Record<string, string>;
}

export interface FakeMlflow {
  readonly uri: string;
  readonly runs: FakeRun[];
  readonly models: Record<string, { version: string; run_id: string }[]>;
  readonly aliases: Record<string, Record<string, string>>;
  /** Paths that were asked for, in their order. */
  readonly asked: string[];
  readonly authorizations: Set<string | undefined>;
  /**
   * What becomes of a request, by its path: `lost`: it is done, and the connection breaks before the answer; `silence`: it is done, and
   * no answer ever comes; `late`: the connection breaks, and it is done after the next search; a status: it is refused with that. Undefined: it is answered.
   */
  fate: (path: string, body: Record<string, unknown>) => 'lost' | 'late' | 'silence' | number | undefined;
  /** Whether it serves artifacts itself. */
  servesArtifacts: boolean;
  /** Nobody answers there any more, until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

type Json = Record<string, unknown>;

/** As much of a tracking server as clients of this kind speak with, in memory: what it answers follows MLflow 3. */
export async function startFakeMlflow(): Promise<FakeMlflow> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const late: (() => unknown)[] = [];
  let port = 0;
  let server: ReturnType<typeof createServer>;

  const fake: FakeMlflow = {
    get uri() {
      return `http://127.0.0.1:${port}`;
    },
    runs: [],
    models: {},
    aliases: {},
    asked: [],
    authorizations: new Set(),
    fate: () => undefined,
    servesArtifacts: true,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
    start: () =>
      new Promise((done) => {
        server = createServer((request, response) => {
          void bodyOf(request).then((raw) => {
            const url = new URL(request.url!, 'http://fake');
            const path = url.pathname.replace(/^\/api\/2\.0\/(mlflow\/)?/, '');
            fake.asked.push(`${request.method} ${path}`);
            fake.authorizations.add(request.headers.authorization);
            const isJson = request.headers['content-type'] === 'application/json';
            const body = isJson ? (JSON.parse(raw.toString()) as Json) : {};
            const fate = fake.fate(path, body);
            if (typeof fate === 'number') {
              response.writeHead(fate, { 'content-type': 'application/json' });
              response.end(
                JSON.stringify({ error_code: 'INVALID_PARAMETER_VALUE', message: 'as the test wants' }),
              );
              return;
            }
            const act = () => answerTo(request.method!, path, { body, raw, query: url.searchParams });
            if (fate === 'late') {
              late.push(act);
              request.socket.destroy();
              return;
            }
            const [status, answer] = act();
            if (path === 'runs/search') for (const one of late.splice(0)) one();
            if (fate === 'lost') request.socket.destroy();
            else if (fate !== 'silence') {
              response.writeHead(status, { 'content-type': 'application/json' });
              response.end(JSON.stringify(answer));
            }
          });
        });
        server.listen(port, '127.0.0.1', () => {
          port = (server.address() as AddressInfo).port;
          resolve(port);
          done();
        });
      }),
  };

  const answerTo = createAnswers(fake);
  await fake.start();
  await promise;
  return fake;
}

function createAnswers(fake: FakeMlflow) {
  let experiments: string[] = [];
  let count = 0;
  const notThere = (what: string): [number, Json] => [
    404,
    { error_code: 'RESOURCE_DOES_NOT_EXIST', message: what },
  ];
  const infoOf = (run: FakeRun) => ({
    info: {
      run_id: run.run_id,
      artifact_uri: fake.servesArtifacts
        ? `mlflow-artifacts:/1/${run.run_id}/artifacts`
        : `/srv/${run.run_id}`,
    },
  });

  return function answerTo(
    method: string,
    path: string,
    { body, raw, query }: { body: Json; raw: Buffer; query: URLSearchParams },
  ): [number, Json] {
    const run = fake.runs.find(({ run_id }) => run_id === (body.run_id ?? query.get('run_id')));
    const pairs = (items: unknown) =>
      Object.fromEntries(
        ((items ?? []) as { key: string; value: string }[]).map(({ key, value }) => [key, value]),
      );
    switch (path) {
      case 'experiments/get-by-name': {
        const at = experiments.indexOf(query.get('experiment_name')!);
        return at < 0
          ? notThere('no such experiment')
          : [200, { experiment: { experiment_id: String(at + 1) } }];
      }
      case 'experiments/create':
        experiments = [...experiments, body.name as string];
        return [200, { experiment_id: String(experiments.length) }];
      case 'runs/create': {
        count++;
        const made: FakeRun = {
          run_id: `run${count}`,
          name: body.run_name as string,
          status: 'RUNNING',
          tags: pairs(body.tags),
          params: {},
          metrics: [],
          files: {},
        };
        fake.runs.push(made);
        return [200, { run: infoOf(made) }];
      }
      case 'runs/search': {
        const key = /= '(?<key>.*)'$/.exec(body.filter as string)!.groups!.key;
        const found = fake.runs.filter(({ tags }) => tags['regimen.key'] === key);
        return [200, found.length === 0 ? {} : { runs: found.map(infoOf) }];
      }
      case 'runs/delete':
        fake.runs.splice(fake.runs.indexOf(run!), 1);
        return [200, {}];
      case 'runs/get':
        return run === undefined ? notThere('no such run') : [200, { run: infoOf(run) }];
      case 'runs/log-batch': {
        if (run === undefined) return notThere('no such run');
        for (const [key, value] of Object.entries(pairs(body.params))) {
          if ((run.params[key] ?? value) !== value) {
            return [400, { error_code: 'INVALID_PARAMETER_VALUE', message: `Changing param values: ${key}` }];
          }
        }
        Object.assign(run.params, pairs(body.params));
        Object.assign(run.tags, pairs(body.tags));
        for (const metric of (body.metrics ?? []) as FakeRun['metrics']) {
          if (!run.metrics.some((one) => JSON.stringify(one) === JSON.stringify(metric)))
            run.metrics.push(metric);
        }
        return [200, {}];
      }
      case 'runs/update':
        if (run === undefined) return notThere('no such run');
        run.status = body.status as string;
        if (body.end_time !== undefined) run.end_time = body.end_time as number;
        return [200, {}];
      case 'registered-models/create':
        if (fake.models[body.name as string] !== undefined) {
          return [400, { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'there' }];
        }
        fake.models[body.name as string] = [];
        return [200, {}];
      case 'model-versions/search': {
        const id = /'(?<id>.*)'/.exec(query.get('filter')!)!.groups!.id;
        const found = Object.entries(fake.models).flatMap(([name, versions]) =>
          versions.filter(({ run_id }) => run_id === id).map((version) => ({ name, ...version })),
        );
        return [200, { model_versions: found }];
      }
      case 'model-versions/create': {
        const versions = fake.models[body.name as string]!;
        const made = { version: String(versions.length + 1), run_id: body.run_id as string };
        versions.push(made);
        return [200, { model_version: made }];
      }
      case 'registered-models/alias': {
        const of = fake.aliases[body.name as string] ?? {};
        fake.aliases[body.name as string] = of;
        if (method === 'DELETE') delete of[body.alias as string];
        else of[body.alias as string] = body.version as string;
        return [200, {}];
      }
      default: {
        const file = /^mlflow-artifacts\/artifacts\/1\/(?<id>\w+)\/artifacts\/(?<name>.+)$/.exec(
          path,
        )?.groups;
        const owner = fake.runs.find(({ run_id }) => run_id === file?.id);
        if (method !== 'PUT' || owner === undefined) return notThere(path);
        owner.files[file!.name!] = raw.toString();
        return [200, {}];
      }
    }
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
