import { Component, type ReactNode } from 'react';
import type { EngineError } from '../../engine/contract/errors.ts';
import { toEngineError } from '../state/index.ts';
import { ErrorState, Page } from '../ui/index.ts';
import { texts } from './texts.ts';

interface State {
  readonly error: EngineError | undefined;
}

/** A place that fails leaves the rest of the window usable. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: toEngineError(error) };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <Page title={texts.thisPageHasFailed} subtitle={texts.trainingGoesOn}>
        <ErrorState error={error} retry={() => this.setState({ error: undefined })} />
      </Page>
    );
  }
}
