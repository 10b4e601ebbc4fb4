import { createInterface } from 'node:readline/promises';

/** What a question is asked with. */
export interface Conversation {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/**
 * Asks a question that is answered with yes or no; an empty answer is `otherwise`, and whatever is no answer is No. Null where
 * nobody can be asked: no terminal.
 */
export async function confirm(
  question: string,
  otherwise: boolean,
  { input, output }: Conversation = { input: process.stdin, output: process.stderr },
): Promise<boolean | null> {
  if (!input.isTTY) return null;
  const lines = createInterface({ input, output });
  try {
    const answer = new Promise<string>((resolve) => {
      // The end of the input, and Ctrl-C, answer No.
      lines.once('close', () => resolve('no'));
      lines.once('SIGINT', () => lines.close());
      void lines.question(`${question} ${otherwise ? '[Y/n]' : '[y/N]'} `).then(resolve, () => resolve('no'));
    });
    const text = (await answer).trim().toLowerCase();
    return text === '' ? otherwise : text === 'y' || text === 'yes';
  } finally {
    lines.close();
  }
}
