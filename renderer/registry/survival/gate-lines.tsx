import type { SurvivalGateLineDto } from '../../../engine/contract/dto/index.ts';
import { Badge } from '../../ui/index.ts';
import classes from './survival.module.css';
import { texts } from './texts.ts';

/** What the gate says, line by line. */
export function GateLines({ lines }: { readonly lines: readonly SurvivalGateLineDto[] }) {
  return (
    <ul className={classes.gate} aria-label={texts.gate}>
      {lines.map(({ line, passed, text }) => (
        <li key={line}>
          <Badge tone={passed ? 'gain' : 'loss'}>{passed ? texts.met : texts.missed}</Badge>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
