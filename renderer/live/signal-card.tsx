import type { SignalDto, SpeakerDto } from '../../engine/contract/dto/index.ts';
import { standingText } from '../../engine/contract/forward-text.ts';
import { barText, forecastText, speakerText, tradeTexts } from '../../engine/contract/live-text.ts';
import { useCall, useRegimeTitle } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { Badge, formatPercent, type Tone, VerdictBadge, wholeDates } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './live.module.css';
import { texts } from './texts.ts';

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
          {synthetic ? <Badge tone="neutral">{texts.demoMarket}</Badge> : null}
          {speaker?.kind === 'champion' ? <Badge tone="warning">{texts.noVersion}</Badge> : null}
          {speaker?.isExpired ? <Badge tone="warning">{common.expired}</Badge> : null}
          <Badge tone={TONES[signal]}>{signal === 'none' ? texts.noSignal : signal}</Badge>
        </span>
      </header>
      {silence === null ? null : <p className={classes.why}>{wholeDates(silence.text)}</p>}
      <dl>
        <Line name={texts.entry} text={trade?.entry} />
        <Line name={texts.exit} text={trade?.exit} />
        <Line name={common.since} text={trade?.since} />
        <Line name={texts.bar} text={barText(one, regimeTitle)} />
        <Line name={texts.forecast} text={forecastText(one, (x) => formatPercent(x, 3))} />
        {speaker === null ? null : <Speaker speaker={speaker} />}
        {notes.map((note) => (
          <Line key={note} name={common.note} text={note} />
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
      <dd>{wholeDates(text)}</dd>
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
      <dt>{common.onPaper}</dt>
      <dd>
        {test.stale === null ? null : <Badge tone="warning">{common.stale}</Badge>}{' '}
        {wholeDates(standingText(test))}
      </dd>
    </>
  );
}

function Speaker({ speaker }: { readonly speaker: SpeakerDto }) {
  const { kind, name, regime, title, verdict, verdictReason } = speaker;
  const regimeTitle = useRegimeTitle();
  const isVersion = kind === 'version';
  const championName = regime === null ? name : texts.ofRegime({ regime: regimeTitle(regime) });
  const href = isVersion ? formatHash('registry', { name }) : formatHash('evidence', { champion: name });
  return (
    <>
      <dt>{texts.who}</dt>
      <dd>
        {wholeDates(speakerText(speaker, championName))}{' '}
        <a href={href} aria-label={texts.versionsOf({ isVersion, name })}>
          {isVersion ? common.versions : common.evidence}
        </a>
      </dd>
      {isVersion ? <OnPaper name={name} /> : null}
      <dt>{common.model}</dt>
      <dd>{title}</dd>
      <dt>{common.evidence}</dt>
      <dd>
        {verdict === null || verdictReason === null ? (
          texts.notValidated
        ) : (
          <>
            <VerdictBadge verdict={verdict} reason={verdictReason} /> {wholeDates(verdictReason)}
          </>
        )}
      </dd>
    </>
  );
}
