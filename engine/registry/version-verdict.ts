import { modelOfVersion, type VersionRow } from '../store/versions.ts';
import { type Judgment, verdictOf } from '../validation/verdict.ts';
import type { Verdicts } from '../validation/verdicts.ts';

/** What the evidence says of a version: by the validation with the most counted bars, whichever it is. Null: there is none. */
export function verdictOfVersion(verdicts: Verdicts, row: VersionRow): Judgment | null {
  const { configuration, strategy } = modelOfVersion(row);
  const { symbol, timeframe } = configuration;
  const model = { symbol, timeframe, configHash: row.config_hash, strategy, regime: row.regime };
  return verdictOf({ claim: null, tested: verdicts.ofModel(model), holdout: null });
}
