import { Button } from '@mantine/core';
import type { GridOptionsDto } from '../../engine/contract/dto/index.ts';
import { go, loadWorkspace, useWorkspace } from '../state/index.ts';
import { discard, ErrorState, FoundDraft, type KeptForm, LoadingRows, Page } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { NewJobSwitch } from './new-job-switch.tsx';
import type { NewJob } from './new-jobs.ts';
import { texts } from './texts/builder.ts';

interface NewJobPageProps {
  readonly job: NewJob;
  readonly title: string;
  readonly subtitle: string;
  /** What else can be done with the form. */
  readonly actions?: React.ReactNode;
  /** What was wrong with a file that was opened. */
  readonly problem?: React.ReactNode;
  /** What the form holds. */
  readonly forms: readonly KeptForm[];
  /** The names under which they are kept; that of the job by default. */
  readonly keptAs?: readonly string[];
  /** Forgets it. */
  clearDraft(): void;
  /** The form, once it is known what there is to choose from. */
  children(options: GridOptionsDto): React.ReactNode;
}

/** What the forms for a new job have around them: other kinds of job, a way out, and what is to be seen until there are choices. */
export function NewJobPage({
  job,
  title,
  subtitle,
  actions,
  problem,
  forms,
  keptAs,
  clearDraft,
  children,
}: NewJobPageProps) {
  const options = useWorkspace((workspace) => workspace.options);
  const error = useWorkspace((workspace) => workspace.error);
  return (
    <Page
      title={title}
      subtitle={subtitle}
      actions={
        <>
          <NewJobSwitch job={job} />
          {actions}
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              discard(texts.formWasEmptied, forms, clearDraft);
              go('queue');
            }}
          >
            {common.discard}
          </Button>
        </>
      }
    >
      <FoundDraft
        names={keptAs ?? [job]}
        onDiscard={() => discard(texts.formWasEmptied, forms, clearDraft)}
      />
      {problem}
      {options !== undefined ? (
        children(options)
      ) : error === undefined ? (
        <LoadingRows rows={8} />
      ) : (
        <ErrorState error={error} retry={() => void loadWorkspace()} />
      )}
    </Page>
  );
}
