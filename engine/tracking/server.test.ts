import { describe, expect, test } from 'vitest';
import { trackingServer } from './server.ts';

const AUTO = { tracking_uri: 'auto', experiment_name: 'auto' } as const;
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the tracking server', () => {
  test('is nowhere unless one is set', () => {
    expect(trackingServer(AUTO, {})).toBeUndefined();
    expect(trackingServer(AUTO, { MLFLOW_TRACKING_URI: '' })).toBeUndefined();
    const set = { MLFLOW_TRACKING_URI: 'http://there:5000' };
    expect(trackingServer({ ...AUTO, tracking_uri: 'none' }, set)).toBeUndefined();
  });

  test('is the one of the configuration before that of the environment', () => {
    const env = { MLFLOW_TRACKING_URI: 'http://env:5000/', MLFLOW_EXPERIMENT_NAME: 'mine' };
    expect(trackingServer(AUTO, env)).toEqual({
      uri: 'http://env:5000',
      experiment: 'mine',
      authorization: null,
    });
    const own = { tracking_uri: 'https://own/mlflow/', experiment_name: 'grids' };
    expect(trackingServer(own, env)).toMatchObject({ uri: 'https://own/mlflow', experiment: 'grids' });
    expect(trackingServer(AUTO, { MLFLOW_TRACKING_URI: 'http://env' })?.experiment).toBe('regimen');
  });

  test('is asked with what the environment or the address names, which no address shows', () => {
    const at = (uri: string, env = {}) => trackingServer(AUTO, { MLFLOW_TRACKING_URI: uri, ...env })!;
    expect(at('http://ann:p%40ss@host')).toMatchObject({
      uri: 'http://host',
      authorization: basic('ann:p@ss'),
    });
    const named = { MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: 'x' };
    expect(at('http://host', named).authorization).toBe(basic('ann:x'));
    expect(at('http://host', { ...named, MLFLOW_TRACKING_TOKEN: 't' }).authorization).toBe('Bearer t');
  });

  test.each(['databricks', 'sqlite:///m.db', './mlruns', 'http://h?x=1', 'ftp://u:secret@h'])(
    'of %s is refused, without what is secret in it',
    (uri) => {
      let message = '';
      try {
        trackingServer(AUTO, { MLFLOW_TRACKING_URI: uri });
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toMatch(/MLFLOW_TRACKING_URI: expected the address of a tracking server/);
      expect(message).not.toContain('secret');
    },
  );
});
