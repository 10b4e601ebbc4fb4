import { join } from 'node:path';
import { MODELS, openVersionFiles } from '../artifacts/version-files.ts';
import type { Actor } from '../contract/dto/index.ts';
import type { EngineEvent } from '../contract/events.ts';
import { type AlertDeps, createAlerts } from '../live/alerts/alerts.ts';
import { createExperts } from '../live/experts.ts';
import { createForward, type ForwardDeps } from '../live/forward/forward.ts';
import { createSignals, type SignalDeps } from '../live/signals.ts';
import { createRegistry } from '../registry/service.ts';
import type { TrainDeps } from '../registry/train.ts';
import type { ScheduleDeps, TrainingQueues } from '../schedule/deps.ts';
import { createSchedules } from '../schedule/schedules.ts';
import { createTrainings } from '../schedule/trainings.ts';

type RegistryRooms = Omit<TrainDeps, 'registry' | 'files' | 'queues' | 'closing' | 'by'> &
  Omit<ScheduleDeps, 'registryOn'> &
  Omit<SignalDeps & ForwardDeps, 'versionFiles'> &
  Omit<AlertDeps, 'signals'> & { readonly workspace: string };

/** The registry, what trains for it by itself, on a queue that it follows in its own way, and what its versions say. */
export function registryOf(deps: RegistryRooms) {
  const files = openVersionFiles(join(deps.workspace, MODELS));
  const registryOn = (queues: TrainingQueues, by: Actor) => createRegistry({ ...deps, queues, by, files });
  const registry = registryOn(deps.queues, deps.hostKind);
  const trainings = createTrainings({ ...deps, registryOn });
  const signals = createSignals({ ...deps, versionFiles: files });
  const forward = createForward({ ...deps, versionFiles: files });
  const alerts = createAlerts({ ...deps, signals });
  const schedules = createSchedules({ ...deps, trainings });
  return {
    /** Nothing is begun any more. */
    end() {
      schedules.end();
      trainings.end();
      forward.end();
      alerts.end();
      registry.close();
    },
    /** Resolves when nothing is under way. */
    async idle() {
      await Promise.all([trainings.idle(), forward.idle()]);
      // What these have brought about is told.
      await alerts.idle();
    },
    registry,
    trainings,
    versionFiles: files,
    schedules,
    signals,
    forward,
    experts: createExperts({ ...deps, versionFiles: files }),
    alerts,
    /** What the engine says of bars, versions and jobs is looked at. */
    wake(event: EngineEvent) {
      forward.wake(event);
      alerts.wake(event);
    },
  };
}
