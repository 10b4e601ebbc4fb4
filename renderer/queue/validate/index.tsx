import { Alert, Button, Radio } from '@mantine/core';
import { IconAlertCircle, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { GridOptionsDto, SeriesDto } from '../../../engine/contract/dto/index.ts';
import { walkForwardRequest } from '../../../engine/contract/job-request-of.ts';
import { call, go, loadQueues } from '../../state/index.ts';
import { readValidateTarget } from '../../state/validate-link.ts';
import { attempt, ErrorState, notify, Panel } from '../../ui/index.ts';
import { parametersOf } from '../../ui/json-schema.ts';
import builder from '../builder.module.css';
import { CopyMenu } from '../copy-menu.tsx';
import { NewJobPage } from '../new-job-page.tsx';
import { clearDraft, editDraft, openTarget, suggestMarket, useValidateDraft } from './draft.ts';
import { FoldFields, ModeField } from './fold-fields.tsx';
import { SUBJECTS, type SubjectKind } from './modes.ts';
import { costText, PlanView, sizeText } from './plan-view.tsx';
import { requestOf } from './request.ts';
import { SubjectFields } from './subject-fields.tsx';
import { texts } from './texts.ts';
import { useValidationPreview } from './use-validation-preview.ts';
import classes from './validate.module.css';

const FORMS = [useValidateDraft];

interface ValidateFormProps {
  readonly series: readonly SeriesDto[];
  /** As the address has it: what to open the form with. */
  readonly link: string;
}

/** Puts a validation together: what, how, and below it live what that comes to. */
export function ValidateForm({ series, link }: ValidateFormProps) {
  useEffect(() => {
    openTarget(link, readValidateTarget(link));
    suggestMarket(series);
  }, [link, series]);
  return (
    <NewJobPage
      job="validate"
      title={texts.newValidation}
      subtitle={texts.modelsAreTrainedAgain}
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
  const { draft } = useValidateDraft();
  const [busy, setBusy] = useState(false);
  const { modelType, subject } = draft;
  const parameters = useMemo(
    () => parametersOf(options.modelTypes.find(({ name }) => name === modelType)?.hyperparameters ?? {}),
    [options, modelType],
  );
  const request = useMemo(() => requestOf(draft, parameters), [draft, parameters]);
  const { preview, stale, refused, failure, retry } = useValidationPreview(request.input);
  const canStart = preview !== undefined && !stale && preview.problems.length === 0;

  const start = async () => {
    const { input } = request;
    if (input === null) return;
    setBusy(true);
    const created = await attempt(() =>
      call('validation.create', { ...input, yes: draft.goesOn, enqueue: true }),
    );
    setBusy(false);
    if (created === undefined) return;
    await loadQueues();
    notify(texts.validationBegins, texts.countOfModelsOfFolds({ toTrain: created.preview.toTrain }));
    clearDraft();
    go('queue', { queue: String(created.queueId) });
  };

  return (
    <>
      <div className={classes.columns}>
        <Panel title={texts.whatIsValidated}>
          <div className={classes.fields}>
            <Radio.Group
              aria-label={texts.whatIsValidated}
              value={subject}
              onChange={(next) => editDraft({ subject: next as SubjectKind })}
            >
              <div className={classes.choices}>
                {SUBJECTS.map(({ kind, title }) => (
                  <label key={kind} className={builder.chip}>
                    <input
                      type="radio"
                      name="validated"
                      checked={subject === kind}
                      onChange={() => editDraft({ subject: kind })}
                    />
                    {title}
                  </label>
                ))}
              </div>
            </Radio.Group>
            <SubjectFields options={options} series={series} parameters={parameters} />
          </div>
        </Panel>
        <Panel title={texts.inWhichFolds}>
          <div className={classes.fields}>
            <ModeField />
            <FoldFields />
          </div>
        </Panel>
      </div>
      {failure === undefined ? null : <ErrorState error={failure} retry={retry} />}
      {refused === undefined ? null : (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertCircle aria-hidden />}
          title={texts.thisCantBeValidated}
        >
          <span style={{ whiteSpace: 'pre-line' }}>{refused.message}</span>
        </Alert>
      )}
      {preview === undefined ? null : <PlanView preview={preview} stale={stale} />}
      <section className={builder.formulaBar} aria-label={texts.sizeOfValidation}>
        <output className={builder.formula} aria-busy={stale} data-stale={stale || undefined}>
          {preview === undefined || preview.problems.length > 0 ? (
            <span className={builder.waiting}>
              {request.missing ??
                (refused === undefined && failure === undefined && preview === undefined
                  ? texts.counting
                  : texts.itCantBegin)}
            </span>
          ) : (
            <>
              <strong>{sizeText(preview)}</strong>
              <span className={builder.estimate}>{costText(preview)}</span>
            </>
          )}
        </output>
        <CopyMenu
          kind="walk_forward"
          request={
            request.input === null || refused !== undefined
              ? null
              : walkForwardRequest({ ...request.input, yes: draft.goesOn })
          }
        />
        <Button
          size="md"
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          disabled={!canStart}
          loading={busy}
          onClick={start}
        >
          {texts.startValidation}
        </Button>
      </section>
    </>
  );
}
