import { statfsSync } from 'node:fs';
import type { Handlers } from '../contract/api/index.ts';
import type { Store } from '../store/database.ts';
import { modelStorage } from '../store/run-totals.ts';

export function storageHandlers(store: Store, workspace: string): Pick<Handlers, 'storage.summary'> {
  return {
    'storage.summary'() {
      const { kept, deleted, bytesKept, bytesSaved } = modelStorage(store);
      const { bavail, bsize } = statfsSync(workspace);
      return {
        workspace,
        modelsTrained: kept + deleted,
        modelsKept: kept,
        bytesKept,
        bytesSaved,
        freeBytes: bavail * bsize,
      };
    },
  };
}
