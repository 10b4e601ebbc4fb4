import { COLLECTION_STYLE, type Document, dump, visit } from 'js-yaml';
import {
  COMMAND_START,
  commandText,
  hereDocument,
  jobCommand,
  yamlFileName,
} from '../contract/job-command.ts';
import { type JobRequest, jobRequestSchema } from '../contract/job-request.ts';
import type { WrittenJobDto } from '../contract/job-status.ts';
import { quoted } from '../contract/shell-word.ts';
import { gridText } from '../grid/text.ts';
import { searchText } from '../search/text.ts';

const HEADING = '# A job as `regimen jobs submit FILE` and POST /api/v1/jobs take it.\n';

/** The text of a JOB.yaml: lists on one line, as people write them. */
function jobText(request: object): string {
  const transform = (documents: Document[]) =>
    visit(documents, (node) => {
      if (node.kind === 'sequence') node.style = COLLECTION_STYLE.FLOW;
    });
  return HEADING + dump(request, { lineWidth: -1, transform });
}

/** Without what is so anyway: what is left asks for the same job. */
function withoutDefaults(request: JobRequest): object {
  const entries = Object.entries(request);
  return Object.fromEntries(
    entries.filter(([key, value]) => {
      const without = Object.fromEntries(entries.filter(([other]) => other !== key));
      const read = jobRequestSchema.safeParse(without);
      const own = read.success ? (read.data as Readonly<Record<string, unknown>>)[key] : undefined;
      return !read.success || JSON.stringify(own) !== JSON.stringify(value);
    }),
  );
}

/**
 * One request for a terminal, for HTTP and as a file. Who reads them needs no secret of this machine: the token of a call
 * is named as a variable of the shell, the workspace is left to `--workspace` or REGIMEN_WORKSPACE.
 *
 * @param origin where the server is, `http://127.0.0.1:4780`
 */
export function writtenJob(request: JobRequest, origin: string): WrittenJobDto {
  const short = withoutDefaults(request);
  const command = jobCommand(request);
  const own = ownFile(request, short);
  const held = command.file?.holds;
  const text = held === undefined ? '' : held === own.holds ? own.text : textOf(request, short);
  const post = [
    `curl -sS -X POST '${origin}/api/v1/jobs'`,
    `  -H "Authorization: Bearer $REGIMEN_TOKEN"`,
    `  -H 'Content-Type: application/json'`,
    '  --data-binary @-',
  ].join(' \\\n');
  return {
    command: commandText(command, text),
    http: hereDocument(post, JSON.stringify(short, null, 2)),
    yaml: `# ${COMMAND_START.join(' ')} ${own.command}\n${own.text}`,
    file: own.name,
    reads: own.command,
  };
}

/** What the request is as a file, and the command that reads it. */
function ownFile(request: JobRequest, short: object) {
  const { words, file } = jobCommand(request);
  const command = words.map(quoted).join(' ');
  if (request.kind === 'grid') return { ...file!, text: gridText(request.grid), command };
  if (request.kind === 'search') return { ...file!, text: searchText(request.search), command };
  const name = yamlFileName('JOB', 'name' in request ? request.name : undefined);
  return { holds: 'JOB' as const, name, text: jobText(short), command: `jobs submit ${quoted(name)}` };
}

/** Of a procedure, the grid that its command names. */
function textOf(request: JobRequest, short: object): string {
  return 'grid' in request && request.grid !== undefined ? gridText(request.grid) : jobText(short);
}
