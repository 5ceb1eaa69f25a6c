import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Form from '@cloudscape-design/components/form'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'
import { navigate } from '../router/location.ts'
import { Page, type PageHead } from './page.tsx'

/** A page on which something is made or changed. */
export interface FormPageProps<R> extends PageHead {
  /** What the button says, e.g. `Create user`. */
  readonly submit: string
  /** What is wrong with what was typed, as a sentence; the API is not asked while there is something. */
  readonly fault?: string | undefined
  /** Calls the API; what it throws is shown. */
  readonly onSubmit: () => Promise<R>
  /** After it was done, with what onSubmit resolved to: resets the draft, says so, and goes on. */
  readonly onDone: (result: R) => void
  /** Where Cancel leads. */
  readonly cancelHref: string
  readonly children: ReactNode
}

/** A form: one primary button, refusals in the API's words above it with everything that was typed still there. */
export const FormPage = <R,>({ submit, fault, onSubmit, onDone, cancelHref, children, ...head }: FormPageProps<R>) => {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError>()
  const [wasTried, setWasTried] = useState(false)
  const send = async () => {
    setWasTried(true)
    if (pending || fault !== undefined) return
    setPending(true)
    setError(undefined)
    let result: R
    try {
      result = await onSubmit()
    } catch (thrown) {
      setError(asApiError(thrown))
      return
    } finally {
      setPending(false)
    }
    onDone(result)
  }
  return (
    <Page {...head}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <Form
          {...(wasTried && fault !== undefined && { errorText: fault })}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => void navigate(cancelHref)}>
                Cancel
              </Button>
              <Button variant="primary" loading={pending}>
                {submit}
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            {children}
            {error !== undefined && (
              <Alert type="error" header={error.code}>
                {error.message}
              </Alert>
            )}
          </SpaceBetween>
        </Form>
      </form>
    </Page>
  )
}
