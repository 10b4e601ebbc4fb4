import { Alert, Button } from '@mantine/core';
import { IconAlertCircle, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { GridOptionsDto, SeriesDto } from '../../../engine/contract/dto/index.ts';
import { productionRequest } from '../../../engine/contract/job-request-of.ts';
import { GateFields } from '../../gate/index.ts';
import { call, go } from '../../state/index.ts';
import { readTrainTarget } from '../../state/train-link.ts';
import { attempt, ErrorState, notify, Panel } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import builder from '../builder.module.css';
import { CopyMenu } from '../copy-menu.tsx';
import { FieldProblems } from '../field.tsx';
import { NewJobPage } from '../new-job-page.tsx';
import { clearDraft, editGate, openTarget, suggestMarket, useTrainDraft } from './draft.ts';
import { ModeFields, ModelFields, messageOf, PlaceFields } from './fields.tsx';
import { costText, PlanView, sizeText } from './plan-view.tsx';
import { requestOf } from './request.ts';
import { texts } from './texts.ts';
import { useTrainingPlan } from './use-training-plan.ts';

const FORMS = [useTrainDraft];

interface TrainFormProps {
  readonly series: readonly SeriesDto[];
  /** As the address has it: what to open the form with. */
  readonly link: string;
}

/** Puts a production training together: for which name, what is trained, what is asked of it, and below it live what that comes to. */
export function TrainForm({ series, link }: TrainFormProps) {
  useEffect(() => {
    openTarget(link, readTrainTarget(link));
    suggestMarket(series);
  }, [link, series]);
  return (
    <NewJobPage
      job="train"
      title={common.trainForProduction}
      subtitle={texts.searchTrainValidate}
      forms={FORMS}
      clearDraft={clearDraft}
    >
      {(options) => <Filled options={options} series={series} />}
    </NewJobPage>
  );
}

interface FilledProps {
  readonly options: GridOptionsDto;
  readonly series: readonly SeriesDto[];
}

function Filled({ options, series }: FilledProps) {
  const { draft } = useTrainDraft();
  const request = useMemo(() => requestOf(draft), [draft]);
  const answer = useTrainingPlan(request.input);
  const { plan, stale, failure, retry } = answer;
  const { fields, rest } = answer.problems;
  const target = draft.target.split(' ')[0];
  return (
    <>
      <div className={builder.form}>
        <div className={builder.formColumn}>
          <Panel title={texts.forWhichName}>
            <div className={builder.fields}>
              <PlaceFields series={series} fields={fields} />
              <ModelFields options={options} fields={fields} />
            </div>
          </Panel>
          <Panel title={texts.how}>
            <div className={builder.fields}>
              <ModeFields fields={fields} />
            </div>
          </Panel>
        </div>
        <Panel title={texts.gate} note={texts.whatIsAsked}>
          <GateFields
            value={draft.gate}
            errors={Object.fromEntries(
              Object.entries(fields).map(([option, problems]) => [option, messageOf(problems) ?? '']),
            )}
            hasProduction={plan?.names.some(({ production }) => production !== null) ?? false}
            hasClasses={draft.everyName || target === 'direction' || target === 'barrier'}
            onChange={editGate}
          />
        </Panel>
      </div>
      {failure === undefined ? null : <ErrorState error={failure} retry={retry} />}
      {rest.length === 0 ? null : (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertCircle aria-hidden />}
          title={texts.thisCantBeTrained}
        >
          <FieldProblems problems={rest} />
        </Alert>
      )}
      {plan === undefined ? null : <PlanView plan={plan} stale={stale} />}
      <StartBar request={request} answer={answer} />
    </>
  );
}

interface StartBarProps {
  readonly request: ReturnType<typeof requestOf>;
  readonly answer: ReturnType<typeof useTrainingPlan>;
}

/** Always in sight: what it comes to, and the ways on. */
function StartBar({ request: { input, missing }, answer }: StartBarProps) {
  const { plan, stale, isRefused, failure } = answer;
  const [busy, setBusy] = useState(false);
  const canStart = plan !== undefined && !stale && !isRefused && input !== null;
  const start = async () => {
    if (input === null) return;
    setBusy(true);
    const begun = await attempt(() => call('production.start', input));
    setBusy(false);
    if (begun === undefined) return;
    notify(texts.productionTrainingBegins, begun.title);
    clearDraft();
    go('queue', { training: String(begun.id) });
  };
  return (
    <section className={builder.formulaBar} aria-label={texts.sizeOfProductionTraining}>
      <output className={builder.formula} aria-busy={stale} data-stale={stale || undefined}>
        {plan === undefined || isRefused ? (
          <span className={builder.waiting}>
            {missing ??
              (isRefused
                ? texts.correctFieldsThatAreMarked
                : failure === undefined
                  ? texts.counting
                  : texts.itCantBegin)}
          </span>
        ) : (
          <>
            <strong>{sizeText(plan)}</strong>
            <span className={builder.estimate}>{costText(plan)}</span>
          </>
        )}
      </output>
      <CopyMenu kind="production" request={input === null || isRefused ? null : productionRequest(input)} />
      <Button
        size="md"
        leftSection={<IconPlayerPlay size={18} aria-hidden />}
        disabled={!canStart}
        loading={busy}
        onClick={start}
      >
        {texts.startTraining}
      </Button>
    </section>
  );
}
