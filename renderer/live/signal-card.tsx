import type { SignalDto, SpeakerDto } from '../../engine/contract/dto/index.ts';
import { standingText } from '../../engine/contract/forward-text.ts';
import { barText, forecastText, speakerText, tradeTexts } from '../../engine/contract/live-text.ts';
import { useCall, useRegimeTitle } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { Badge, formatPercent, type Tone, VerdictBadge } from '../ui/index.ts';
import classes from './live.module.css';

const TONES: Readonly<Record<SignalDto['signal'], Tone>> = { LONG: 'gain', SHORT: 'loss', none: 'neutral' };

/** What is said of one market, and why where nothing is. */
export function SignalCard({ signal: one }: { readonly signal: SignalDto }) {
  const { symbol, timeframe, synthetic, speaker, signal, silence, notes } = one;
  const market = `${symbol} ${timeframe}`;
  const trade = tradeTexts(one);
  const regimeTitle = useRegimeTitle();
  return (
    <section className={classes.card} aria-label={market}>
      <header>
        <h2>{market}</h2>
        <span className={classes.badges}>
          {synthetic ? <Badge tone="neutral">Demo market</Badge> : null}
          {speaker?.kind === 'champion' ? <Badge tone="warning">No version</Badge> : null}
          {speaker?.isExpired ? <Badge tone="warning">Expired</Badge> : null}
          <Badge tone={TONES[signal]}>{signal === 'none' ? 'No signal' : signal}</Badge>
        </span>
      </header>
      {silence === null ? null : <p className={classes.why}>{silence.text}</p>}
      <dl>
        <Line name="Entry" text={trade?.entry} />
        <Line name="Exit" text={trade?.exit} />
        <Line name="Since" text={trade?.since} />
        <Line name="Bar" text={barText(one, regimeTitle)} />
        <Line name="Forecast" text={forecastText(one, (x) => formatPercent(x, 3))} />
        {speaker === null ? null : <Speaker speaker={speaker} />}
        {notes.map((note) => (
          <Line key={note} name="Note" text={note} />
        ))}
      </dl>
    </section>
  );
}

function Line({ name, text }: { readonly name: string; readonly text: string | null | undefined }) {
  if (text == null) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </>
  );
}

/** How its forward test stands. */
function OnPaper({ name }: { readonly name: string }) {
  const { data } = useCall('forward.list', {});
  const test = data?.find((one) => one.name === name && one.endedAt === null);
  if (test === undefined) return null;
  return (
    <>
      <dt>On paper</dt>
      <dd>
        {test.stale === null ? null : <Badge tone="warning">Stale</Badge>} {standingText(test)}
      </dd>
    </>
  );
}

function Speaker({ speaker }: { readonly speaker: SpeakerDto }) {
  const { kind, name, regime, title, verdict, verdictReason } = speaker;
  const regimeTitle = useRegimeTitle();
  const isVersion = kind === 'version';
  const championName = regime === null ? name : `of ${regimeTitle(regime)}`;
  const href = isVersion ? formatHash('registry', { name }) : formatHash('evidence', { champion: name });
  return (
    <>
      <dt>Who</dt>
      <dd>
        {speakerText(speaker, championName)}{' '}
        <a href={href} aria-label={`${isVersion ? 'Versions' : 'Evidence'} of ${name}`}>
          {isVersion ? 'Versions' : 'Evidence'}
        </a>
      </dd>
      {isVersion ? <OnPaper name={name} /> : null}
      <dt>Model</dt>
      <dd>{title}</dd>
      <dt>Evidence</dt>
      <dd>
        {verdict === null || verdictReason === null ? (
          'not validated'
        ) : (
          <>
            <VerdictBadge verdict={verdict} reason={verdictReason} /> {verdictReason}
          </>
        )}
      </dd>
    </>
  );
}
