import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type {
  RegimeCurveDto,
  ValidationBriefDto,
  ValidationCurveDto,
  ValidationDto,
} from '../../../engine/contract/dto/index.ts';
import { foldChoiceText } from '../../../engine/contract/fold-choice.ts';
import { ValidationCurve } from '../../charts/validation-curve.tsx';
import { useCall, useRegimeTitle } from '../../state/index.ts';
import { validateHash } from '../../state/validate-link.ts';
import { CriteriaTable } from '../../strategy/validation/criteria-table.tsx';
import { FoldTable } from '../../strategy/validation/fold-table.tsx';
import tables from '../../strategy/validation/tables.module.css';
import { ErrorState, formatDay, LoadingRows, Panel, VerdictBadge } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { OutOfSample } from './out-of-sample.tsx';
import { RegimesAlone } from './regimes-alone.tsx';
import { texts } from './texts.ts';
import classes from './validation.module.css';
import { Pending, useValidation } from './validation-view.tsx';

const TITLE = texts.whatThisWayOfWorking;

/** Whole grids with their rules, in folds: training, choosing and trading as one. */
export function Procedures() {
  const { data, error, refresh } = useCall('evidence.validations', {});
  if (error !== undefined) {
    return (
      <Panel title={TITLE}>
        <ErrorState error={error} retry={refresh} />
      </Panel>
    );
  }
  if (data === undefined) {
    return (
      <Panel title={TITLE}>
        <LoadingRows rows={6} />
      </Panel>
    );
  }
  return data.length === 0 ? <None /> : <Chosen briefs={data} />;
}

function None() {
  return (
    <Panel
      title={TITLE}
      actions={
        <Button component="a" href={validateHash()} variant="default" size="xs">
          {texts.validateGrid}
        </Button>
      }
    >
      <p className={classes.sentence}>{texts.notKnownYet}</p>
    </Panel>
  );
}

function Chosen({ briefs }: { readonly briefs: readonly ValidationBriefDto[] }) {
  const [id, setId] = useState(briefs[0]!.id);
  const chosen = briefs.find((brief) => brief.id === id) ?? briefs[0]!;
  return (
    <Panel
      title={TITLE}
      note={texts.trainedAndChosenAnewBefore({
        chosen: chosen.title,
        symbol: chosen.symbol,
        timeframe: chosen.timeframe,
        folds: chosen.folds,
        createdAt: formatDay(chosen.createdAt),
      })}
      actions={
        briefs.length < 2 ? undefined : (
          <NativeSelect
            size="xs"
            aria-label={texts.procedure}
            value={String(chosen.id)}
            onChange={(event) => setId(Number(event.currentTarget.value))}
            data={briefs.map((brief) => ({
              value: String(brief.id),
              label: `${brief.symbol} ${brief.timeframe}: ${brief.title}`,
            }))}
          />
        )
      }
    >
      <Procedure key={chosen.id} brief={chosen} />
    </Panel>
  );
}

function Procedure({ brief }: { readonly brief: ValidationBriefDto }) {
  const { found, error, retry } = useValidation(brief.id);
  if (error !== undefined) return <ErrorState error={error} retry={retry} />;
  if (found === undefined) return <LoadingRows rows={8} />;
  return <Loaded brief={brief} {...found} />;
}

interface LoadedProps {
  readonly brief: ValidationBriefDto;
  readonly validation: ValidationDto;
  readonly curve: ValidationCurveDto;
}

function Loaded({ brief, validation, curve }: LoadedProps) {
  const { stitched, regimes, criteria, met } = validation;
  const choice = foldChoiceText(validation);
  return (
    <div className={classes.stack}>
      {brief.verdict === null ? (
        <Pending brief={brief} folds={validation.folds.length} />
      ) : (
        <div className={classes.choice}>
          <VerdictBadge verdict={brief.verdict} reason={brief.verdictReason ?? ''} />
          <p className={classes.sentence}>{brief.verdictReason}</p>
        </div>
      )}
      {curve.days.length === 0 ? null : (
        <ValidationCurve curve={curve} title={texts.procedureFoldAfter} withHold />
      )}
      {stitched.folds === 0 ? null : (
        <OutOfSample
          label={texts.procedureOutOfSample}
          stitched={stitched}
          p={brief.outOfSample?.p ?? null}
          curve={curve}
          withHold
        />
      )}
      <details className={classes.more}>
        <summary>{texts.regimesFoldsAndCriteria}</summary>
        <div className={classes.stack}>
          {choice === null ? null : <p className={classes.sentence}>{choice}</p>}
          <Regimes regimes={regimes} folds={brief.folds} />
          <div className={tables.part}>
            <h3>{common.folds}</h3>
            <FoldTable validation={validation} />
          </div>
          {criteria.length === 0 ? null : <CriteriaTable criteria={criteria} met={met} />}
        </div>
      </details>
    </div>
  );
}

function Regimes({
  regimes,
  folds,
}: {
  readonly regimes: readonly RegimeCurveDto[];
  readonly folds: number;
}) {
  const regimeTitle = useRegimeTitle();
  return regimes.length === 0 ? (
    <p className={classes.sentence}>{texts.noFoldHadChampion}</p>
  ) : (
    <RegimesAlone regimes={regimes} folds={folds} titleOf={regimeTitle} />
  );
}
