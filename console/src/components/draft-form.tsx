import type { Draft } from '../hooks/use-draft.ts'
import { navigate } from '../router/location.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { FormPage, type FormPageProps } from './form-page.tsx'
import { RestoredDraft } from './restored-draft.tsx'

/** A form whose values are a draft. */
export interface DraftFormProps<T, R> extends Omit<FormPageProps<R>, 'onDone' | 'cancelHref'> {
  readonly draft: Draft<T>
  /** What is said once it is saved, as a sentence; left out where the page says it itself. */
  readonly saved?: string
  /** Where Cancel leads, and the form too once it is saved. */
  readonly back: string
  /** Where the form leads instead once it is saved, by what onSubmit resolved to; undefined: nowhere, the page shows something else. */
  readonly next?: (result: R) => string | undefined
  /** Tells others who show what was saved. */
  readonly onSaved?: (result: R) => void
}

/** A form page that says when it shows what was typed before, and once it is saved lets go of the draft, says so and goes on. */
export const DraftForm = <T, R>({ draft, saved, back, next = () => back, onSaved, children, ...form }: DraftFormProps<T, R>) => {
  const flashes = useFlashes()
  return (
    <FormPage<R>
      {...form}
      cancelHref={back}
      onDone={(result) => {
        draft.reset(draft.values)
        onSaved?.(result)
        if (saved !== undefined) flashes.say(saved)
        const href = next(result)
        if (href !== undefined) void navigate(href, { force: true })
      }}
    >
      <RestoredDraft draft={draft} />
      {children}
    </FormPage>
  )
}
