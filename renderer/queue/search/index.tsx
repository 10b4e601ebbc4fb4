import { Alert, Button, TextInput } from '@mantine/core';
import { IconAlertCircle, IconFolderOpen, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { GridOptionsDto, SeriesDto } from '../../../engine/contract/dto/index.ts';
import type { EngineError } from '../../../engine/contract/errors.ts';
import { searchRequest } from '../../../engine/contract/job-request-of.ts';
import { call, go, loadQueues, toEngineError } from '../../state/index.ts';
import { readSearchTarget } from '../../state/search-link.ts';
import { attempt, ErrorState, notify, Panel } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { AxesDraft, useAxes, useAxesEdits } from '../axes-draft.ts';
import builder from '../builder.module.css';
import { CopyMenu } from '../copy-menu.tsx';
import { FieldProblems } from '../field.tsx';
import { AxisPanels } from '../grid-form.tsx';
import { ModelTypes } from '../model-types.tsx';
import { NewJobPage } from '../new-job-page.tsx';
import { clearDraft, openTarget, searchAxes, suggestMarket, useSearchDraft } from './draft.ts';
import { chooseAndOpenSearch } from './files.ts';
import { costText, PlanView, sizeText } from './plan-view.tsx';
import { requestOf } from './request.ts';
import { RuleFields } from './rule-fields.tsx';
import { SPACE_EDITOR } from './space-fields.tsx';
import { texts } from './texts.ts';
import { useSearchPreview } from './use-search-preview.ts';

const FORMS = [searchAxes, useSearchDraft];
const KEPT_AS = ['search-axes', 'search'];

interface SearchFormProps {
  readonly series: readonly SeriesDto[];
  /** As the address has it: what to open the form with. */
  readonly link: string;
}

/** Puts a search together: models and what is varied of them, where, and how its trials are made. */
export function SearchForm({ series, link }: SearchFormProps) {
  const byCells = useSearchDraft(({ rules }) => rules.objective === 'sharpe');
  const [fileError, setFileError] = useState<EngineError>();
  useEffect(() => {
    openTarget(link, readSearchTarget(link));
    suggestMarket(series);
  }, [link, series]);
  const load = async () => {
    try {
      await chooseAndOpenSearch();
      setFileError(undefined);
    } catch (failure) {
      setFileError(toEngineError(failure));
    }
  };
  return (
    <NewJobPage
      job="search"
      title={texts.newSearch}
      subtitle={byCells ? texts.eachTrialIsTrained : texts.hyperParametersAreTriedInside}
      actions={
        <Button variant="default" leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={load}>
          {texts.loadSearch}
        </Button>
      }
      problem={fileError === undefined ? null : <ErrorState error={fileError} />}
      forms={FORMS}
      keptAs={KEPT_AS}
      clearDraft={clearDraft}
    >
      {(options) => (
        <AxesDraft value={searchAxes}>
          <Filled options={options} series={series} />
        </AxesDraft>
      )}
    </NewJobPage>
  );
}

interface FilledProps {
  readonly options: GridOptionsDto;
  readonly series: readonly SeriesDto[];
}

function Filled({ options, series }: FilledProps) {
  const axes = useAxes((draft) => draft);
  const draft = useSearchDraft();
  const { editDraft } = useAxesEdits();
  const request = useMemo(() => requestOf(axes, draft), [axes, draft]);
  const answer = useSearchPreview(request.search);
  const { preview, problems, failure, retry, stale } = answer;
  const { fields } = problems;
  return (
    <>
      <div className={builder.form}>
        <ModelTypes
          options={options.modelTypes}
          problems={fields.model_types}
          parameterProblems={[...(fields.space ?? []), ...(fields.hyperparameters ?? [])]}
          editor={SPACE_EDITOR}
        />
        <div className={builder.formColumn}>
          <Panel title={common.trials}>
            <div className={builder.fields}>
              <RuleFields problems={problems} workers={preview?.workers} />
            </div>
          </Panel>
          <AxisPanels options={options} series={series} problems={problems} />
          <Panel title={common.job}>
            <TextInput
              label={common.name}
              placeholder={texts.namedAfterWhatItSearches}
              maxLength={120}
              value={axes.name}
              error={fields.name?.[0]?.message}
              onChange={(event) => editDraft({ name: event.currentTarget.value })}
            />
          </Panel>
        </div>
      </div>
      {failure === undefined ? null : <ErrorState error={failure} retry={retry} />}
      {problems.rest.length === 0 ? null : (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertCircle aria-hidden />}
          title={texts.thisCantBeSearched}
        >
          <FieldProblems problems={problems.rest} />
        </Alert>
      )}
      {preview === undefined ? null : <PlanView preview={preview} stale={stale} />}
      <StartBar answer={answer} missing={request.missing} search={request.search} />
    </>
  );
}

interface StartBarProps {
  readonly answer: ReturnType<typeof useSearchPreview>;
  readonly missing: string | null;
  readonly search: ReturnType<typeof requestOf>['search'];
}

/** Always in sight: what it comes to, and the ways on. */
function StartBar({ answer: { preview, stale, isRefused, failure }, missing, search }: StartBarProps) {
  const [busy, setBusy] = useState(false);
  const start = async () => {
    if (search === null) return;
    setBusy(true);
    const created = await attempt(() => call('search.create', { search, enqueue: true }));
    setBusy(false);
    if (created === undefined) return;
    await loadQueues();
    notify(texts.searchBegins, texts.countOfTrials({ trials: created.preview.trials }));
    clearDraft();
    go('queue', { queue: String(created.queueId) });
  };
  return (
    <section className={builder.formulaBar} aria-label={texts.sizeOfSearch}>
      <output className={builder.formula} aria-busy={stale} data-stale={stale || undefined}>
        {preview === undefined ? (
          <span className={builder.waiting}>
            {missing ??
              (isRefused
                ? texts.correctFieldsThatAreMarked
                : failure === undefined
                  ? texts.counting
                  : texts.thisSearchCould)}
          </span>
        ) : (
          <>
            <span>
              {sizeText(preview)[0]} <strong>{sizeText(preview)[1]}</strong>
            </span>
            <span className={builder.estimate}>{costText(preview)}</span>
          </>
        )}
      </output>
      <CopyMenu
        kind="search"
        request={search === null || preview === undefined || stale ? null : searchRequest({ search })}
      />
      <Button
        size="md"
        leftSection={<IconPlayerPlay size={18} aria-hidden />}
        disabled={preview === undefined || stale}
        loading={busy}
        onClick={start}
      >
        {texts.startSearch}
      </Button>
    </section>
  );
}
