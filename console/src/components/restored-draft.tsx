import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import type { Draft } from '../hooks/use-draft.ts'

/** Says where a form shows what was typed before the page was loaded, with a button that throws it away; nothing otherwise. */
export const RestoredDraft = <T,>({ draft: { restored, isDirty, reset } }: { readonly draft: Draft<T> }) =>
  restored !== undefined &&
  isDirty && (
    <Alert
      type={restored === 'changed' ? 'warning' : 'info'}
      action={
        <Button formAction="none" onClick={() => reset()}>
          Discard
        </Button>
      }
    >
      What was typed here before is back, and is not saved yet.
      {restored === 'changed' &&
        ' What it began with has been changed since: the fields that you left alone show what is saved now, and saving keeps it.'}
    </Alert>
  )
