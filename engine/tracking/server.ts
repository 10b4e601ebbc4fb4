import { EngineError } from '../contract/errors.ts';

/** Where what is tracked goes. */
export interface TrackingServer {
  /** Address without a name, a password or a slash at its end: it is shown, logged and stored. */
  readonly uri: string;
  readonly experiment: string;
  /** Value of the header `Authorization`; null: it is asked without. */
  readonly authorization: string | null;
}

export interface TrackingChoice {
  /** `auto`: MLFLOW_TRACKING_URI; `none`: nowhere; else an address. */
  readonly tracking_uri: string;
  /** `auto`: MLFLOW_EXPERIMENT_NAME. */
  readonly experiment_name: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_EXPERIMENT = 'regimen';

/**
 * The server that configuration and environment name, by the variables that MLflow's own clients read; undefined where
 * nothing is to be tracked.
 *
 * @throws EngineError `config-invalid` for an address that no tracking server has
 */
export function trackingServer(choice: TrackingChoice, env: Environment): TrackingServer | undefined {
  const isOwn = choice.tracking_uri !== 'auto';
  const given = isOwn ? choice.tracking_uri : env.MLFLOW_TRACKING_URI?.trim();
  if (given === undefined || given === '' || given === 'none') return undefined;
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    const where = isOwn ? 'mlflow.tracking_uri' : 'the variable MLFLOW_TRACKING_URI';
    throw new EngineError(
      'config-invalid',
      `${where}: expected the address of a tracking server, such as http://localhost:5000, found ${JSON.stringify(withoutPassword(given))}. Runs are tracked over HTTP alone: start one with \`mlflow server\`.`,
    );
  }
  const authorization = authorizationOf(url, env);
  [url.username, url.password] = ['', ''];
  const named =
    choice.experiment_name !== 'auto' ? choice.experiment_name : env.MLFLOW_EXPERIMENT_NAME?.trim();
  return { uri: url.href.replace(/\/+$/, ''), experiment: named || DEFAULT_EXPERIMENT, authorization };
}

const withoutPassword = (given: string) => given.replace(/\/\/[^/@]*@/, '//');

/** A token before a name and password, and those of the address before those of the environment. */
function authorizationOf(url: URL, env: Environment): string | null {
  if (url.username !== '') {
    return basic(decodeURIComponent(url.username), decodeURIComponent(url.password));
  }
  if (env.MLFLOW_TRACKING_TOKEN) return `Bearer ${env.MLFLOW_TRACKING_TOKEN}`;
  const { MLFLOW_TRACKING_USERNAME: name, MLFLOW_TRACKING_PASSWORD: password } = env;
  return name ? basic(name, password ?? '') : null;
}

const basic = (name: string, password: string) =>
  `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
