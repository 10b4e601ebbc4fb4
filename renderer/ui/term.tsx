import { Tooltip } from '@mantine/core';
import { GLOSSARY, type Term as TermName } from './texts/glossary.ts';
import classes from './ui.module.css';

/** The name of a figure with its definition as a tooltip, reachable by keyboard. `children` replaces the name. */
export function Term({ term, children }: { readonly term: TermName; readonly children?: React.ReactNode }) {
  const { title, text } = GLOSSARY[term];
  return <Explained text={text}>{children ?? title}</Explained>;
}

/** A word with what it means as a tooltip, reachable by keyboard. */
export function Explained({ text, children }: { readonly text: string; readonly children: React.ReactNode }) {
  return (
    <Tooltip label={text}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the definition must be readable without a mouse. */}
      <span className={classes.term} tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  );
}
