import { z } from 'zod';
import type { MarkedDto, MarksListDto } from '../dto/index.ts';
import { idField, runField } from './fields.ts';

export const MOST_NOTE = 4000;
export const MOST_TAGS = 20;

/** Without blanks or commas, so that a list of them is one cell of a table and one option of a command. */
export const tagField = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}_.:/+-]{0,39}$/u,
    'a tag has 1 to 40 letters, digits or signs among _ . : / + - and begins with a letter or digit',
  );

const tagList = z.array(tagField).max(MOST_TAGS, `at most ${MOST_TAGS} tags`);

/** Filters that every list of what can be marked has. */
export const markFilter = {
  tag: tagField.optional().describe('only what has this tag, in capitals or not'),
  favorite: z.boolean().optional().describe('only favorites'),
};

const SUBJECTS = 'name one thing: run, jobId or champion';

export const markInputs = {
  /** Everything that is marked, and the tags that there are. */
  'marks.list': z.strictObject({}),
  /** What is left out stays as it is. A champion's marks are those of its run, wherever that is champion. */
  'marks.set': z
    .strictObject({
      run: runField.optional(),
      jobId: idField.optional(),
      champion: z.string().max(200).optional(),
      favorite: z.boolean().optional(),
      note: z
        .string()
        .trim()
        .max(MOST_NOTE, `a note has at most ${MOST_NOTE} characters`)
        .optional()
        .describe('in the place of what is there; empty takes it away'),
      addTags: tagList.optional(),
      removeTags: tagList.optional(),
    })
    .refine(
      ({ run, jobId, champion }) => [run, jobId, champion].filter((one) => one !== undefined).length === 1,
      { message: SUBJECTS, path: ['run'] },
    ),
} as const;

export interface MarkResults {
  'marks.list': MarksListDto;
  'marks.set': MarkedDto;
}
