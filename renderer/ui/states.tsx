import {
  Alert,
  Button,
  Center,
  Loader,
  EmptyState as MantineEmptyState,
  Skeleton,
  Stack,
} from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { EngineError, Problem } from '../../engine/contract/errors.ts';
import { errorTitle } from './texts/error-titles.ts';
import { texts } from './texts/ui.ts';
import classes from './ui.module.css';
import { wholeDates } from './whole-dates.tsx';

interface EmptyStateProps {
  readonly icon: React.ReactNode;
  readonly title: string;
  /** What would stand here, and how to get there. */
  readonly children: React.ReactNode;
  readonly action?: React.ReactNode;
}

/** Nothing here yet: says what would be, and offers the way there. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <MantineEmptyState icon={icon} title={title} description={wholeDates(children)} py="xl" px="md">
      {action === undefined ? null : <MantineEmptyState.Actions>{action}</MantineEmptyState.Actions>}
    </MantineEmptyState>
  );
}

/** Problems that stand below a message at once; the others are folded away. */
const SHOWN_PROBLEMS = 5;

/** What went wrong: the engine's own message, every problem with its place, and another try. */
export function ErrorState({ error, retry }: { readonly error: EngineError; readonly retry?: () => void }) {
  const problems = error.details.problems ?? [];
  // A message with problems repeats them line by line; its first line says what it is about.
  const message = problems.length > 0 ? error.message.split('\n', 1)[0] : error.message;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      title={errorTitle(error.code)}
      icon={<IconAlertTriangle aria-hidden />}
    >
      <p className={classes.message}>{wholeDates(message)}</p>
      <Problems problems={problems.slice(0, SHOWN_PROBLEMS)} />
      {problems.length <= SHOWN_PROBLEMS ? null : (
        <details>
          <summary>{texts.problemsMore({ problems: problems.length - SHOWN_PROBLEMS })}</summary>
          <Problems problems={problems.slice(SHOWN_PROBLEMS)} />
        </details>
      )}
      {retry === undefined ? null : (
        <Button
          mt="sm"
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          onClick={retry}
        >
          {texts.tryAgain}
        </Button>
      )}
    </Alert>
  );
}

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems}>
      {problems.map((problem) => (
        <li key={`${problem.path} ${problem.message}`}>
          {problem.path === '' ? null : (
            <>
              <code>{problem.path}</code>{' '}
            </>
          )}
          {problem.message}
        </li>
      ))}
    </ul>
  );
}

/** Gray bars where `rows` lines will stand. */
export function LoadingRows({ rows = 5 }: { readonly rows?: number }) {
  return (
    <Stack gap="sm" p="md" role="status" aria-label={texts.loading}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity
        <Skeleton key={row} height={18} width={`${92 - ((row * 17) % 31)}%`} />
      ))}
    </Stack>
  );
}

export function LoadingPlace() {
  return (
    <Center h="60vh" role="status" aria-label={texts.loading}>
      <Loader size="sm" />
    </Center>
  );
}
