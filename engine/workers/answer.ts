import { type ErrorDto, toErrorDto } from '../contract/errors.ts';

/** What a task of a thread returns. An error that were thrown instead would lose its code at the thread's edge. */
export type Answer<T> = { readonly result: T } | { readonly error: ErrorDto };

export async function answer<T>(work: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { result: await work() };
  } catch (error) {
    return { error: toErrorDto(error) };
  }
}
