import { storedJson } from '../contract/stored-json.ts';
import type { PlacedView } from '../market/series/views.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { evaluationEnd } from '../pipeline/windows.ts';
import type { Reader } from '../store/database.ts';
import { basesOfKeptModels } from '../store/runs.ts';
import { type Basis, windowsOf } from './basis.ts';
import { higherViews } from './context-spec.ts';

/**
 * The views of all runs that can be opened: of those whose model is kept, champions among them, of one symbol or of all. A
 * run of other rules has none: it can't be computed again, whatever its candles.
 */
export function viewsInUse(store: Reader, symbol?: string): PlacedView[] {
  const views = new Map<string, PlacedView>();
  for (const { timeframe, basis: json } of basesOfKeptModels(store, symbol)) {
    const basis = storedJson<Basis>(json, 'what a run was trained on');
    if (basis.pipeline_version !== PIPELINE_VERSION) continue;
    const end = evaluationEnd(windowsOf(basis).evaluation);
    views.set(basis.candles.digest, { ...basis.candles, timeframe, end });
    for (const [higher, view] of higherViews(basis))
      views.set(view.digest, { ...view, timeframe: higher, end });
  }
  return [...views.values()];
}
