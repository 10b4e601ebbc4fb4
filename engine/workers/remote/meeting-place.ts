import { redisAddress } from './address.ts';

/** Where host and workers meet. */
export interface MeetingPlace {
  readonly url: string;
  /** How messages call it. */
  readonly shown: string;
  readonly key: string | undefined;
}

/**
 * @param workers queue.workers of the configuration
 * @param given overrides both it and REGIMEN_REDIS
 * @throws EngineError `invalid-input` for an address that may not be used; see `redisAddress`
 */
export function meetingPlace(
  workers: string,
  env: Readonly<Record<string, string | undefined>>,
  given?: string,
): MeetingPlace | undefined {
  const said = given ?? env.REGIMEN_REDIS?.trim();
  const url = said === undefined || said === '' ? workers : said;
  if (url === 'local') return undefined;
  const key = env.REGIMEN_WORKER_KEY?.trim();
  const shared = key === '' ? undefined : key;
  return { ...redisAddress(url, shared), key: shared };
}
