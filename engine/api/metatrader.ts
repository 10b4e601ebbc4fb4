import type { ModelExportDto, ModelRunDto } from '../contract/dto/index.ts';
import { createAtomicFile, USER_MODE } from '../files/atomic-write.ts';
import { createZipWriter } from '../files/zip-writer.ts';
import type { Bundle } from '../interchange/metatrader5/bundle.ts';

/** Writes a bundle as a ZIP archive. @throws EngineError as `createAtomicFile`; on failure nothing stays of the file */
export async function writeExpert(path: string, { files }: Bundle): Promise<void> {
  const target = createAtomicFile(path, USER_MODE);
  try {
    const zip = createZipWriter(target);
    for (const [name, bytes] of files) await zip.addBytes(name, bytes);
    zip.finish();
    target.commit();
  } finally {
    target.abort();
  }
}

/** What is said of it, beside the run or version that it is of. */
export function expertDto(
  file: string,
  { members, features }: Bundle,
): Omit<ModelExportDto, keyof ModelRunDto> {
  return {
    format: 'metatrader5',
    file,
    files: [file],
    member: null,
    members,
    trees: 0,
    features,
    predicts: 'return',
    meanAbsoluteReturn: null,
    withStatistics: null,
    outputs: [],
  };
}
