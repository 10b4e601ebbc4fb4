import { AXIS_LIST, type Configuration, type ShortConfiguration } from '../contract/configuration.ts';

/** `Ridge EURUSD H1, 60 days, 12 bars ahead, normalized`; later axes where they have another value than they start with. */
export function describeConfiguration(configuration: Configuration): string {
  const parts = AXIS_LIST.flatMap(({ key, words, initial }) => {
    const value = configuration[key];
    const isKnown = words === undefined || value === undefined || value === initial;
    return isKnown ? [] : [{ text: words.of(value as never), isSubject: words.isSubject === true }];
  });
  const subject = parts.filter(({ isSubject }) => isSubject).map(({ text }) => text);
  const rest = parts.filter(({ isSubject }) => !isSubject).map(({ text }) => text);
  return [subject.join(' '), ...rest].join(', ');
}

/** The part of a configuration that a list shows. */
export function shortConfiguration(configuration: Configuration): ShortConfiguration {
  return Object.fromEntries(SHORT.map((key) => [key, configuration[key]])) as unknown as ShortConfiguration;
}

const SHORT = AXIS_LIST.filter(({ head }) => head !== undefined).map(({ key }) => key);
