import { modelType } from '../models/catalog.ts';
import { encodeModelFile } from '../models/codec.ts';
import type { BatchContext } from './context.ts';
import type { FittedMembers } from './fit-sides.ts';
import type { CellJob } from './job.ts';
import { PIPELINE_VERSION } from './version.ts';

/** Members as the file that they are kept in. */
export function modelFileOf(
  context: BatchContext,
  { configuration, configHash, trainingKey }: CellJob,
  { fitted, scales, calibrations }: Pick<FittedMembers, 'fitted' | 'scales' | 'calibrations'>,
): Uint8Array<ArrayBuffer> {
  const type = modelType(configuration.modelType);
  return encodeModelFile({
    configuration,
    configHash,
    modelKey: trainingKey,
    pipelineVersion: PIPELINE_VERSION,
    trainingDataDigest: context.spec.dataDigest,
    featureNames: context.features.matrix.names,
    members: fitted.map(({ member }) => type.encode(member)),
    ...(scales && { scales }),
    ...(calibrations && { calibrations }),
  });
}
