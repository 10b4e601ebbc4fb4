import type { JournalRow, VersionRow } from '../versions.ts';

export function exampleVersion(): Omit<VersionRow, 'id'> {
  return {
    name: 'EURUSD H1 bull',
    version: '20261121_143022',
    symbol: 'EURUSD',
    timeframe: 'H1',
    regime: 'bull',
    config_hash: 'h',
    training_key: 'k',
    parent: null,
    bytes: 3,
    sha256: 's',
    manifest: JSON.stringify({
      configuration: { modelType: 'ridge', symbol: 'EURUSD', timeframe: 'H1' },
      strategy: {
        predictionMethod: 'direct',
        ensembleMethod: 'mean',
        confidenceThreshold: 0,
        lookbackWindow: 50,
      },
    }),
    created_at: 1,
  };
}

export function exampleJournal(): Omit<JournalRow, 'id'> {
  return {
    at: 1,
    name: 'EURUSD H1 bull',
    action: 'registered',
    alias: 'candidate',
    from_version: null,
    to_version: '20261121_143022',
    by: 'command line',
    reason: null,
    skipped: '[]',
    gate: null,
  };
}
