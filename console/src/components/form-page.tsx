import Alert, { type AlertProps } from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Form from '@cloudscape-design/components/form'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'
import type { FormFault } from '../api/form-fault.ts'
import { navigate } from '../router/location.ts'
import { ShownFault } from './fault-field.tsx'
import { Page, type PageHead } from './page.tsx'

/** A page on which something is made or changed. */
export interface FormPageProps<R> extends PageHead {
  /** What the button says, e.g. `Create user`. */
  readonly submit: string
  /** What is wrong with what was typed; the API is not asked while there is something. One that names a field needs a FaultField. */
  readonly fault?: FormFault | undefined
  /** Calls the API; what it throws is shown. */
  readonly onSubmit: () => Promise<R>
  /** After it was done, with what onSubmit resolved to: resets the draft, says so, and goes on. */
  readonly onDone: (result: R) => void
  /** Where Cancel leads. */
  readonly cancelHref: string
  readonly children: ReactNode
  /** What stands below a refusal. */
  readonly below?: ReactNode
}

/**
 * A form: one primary button, refusals in the API's words above it with everything that was typed still there. What can't be sent is shown
 * and gets the focus: the field that is wrong, or what is said about the whole.
 */
export const FormPage = <R,>({ submit, fault, onSubmit, onDone, cancelHref, children, below, ...head }: FormPageProps<R>) => {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError>()
  const [tries, setTries] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const alert = useRef<AlertProps.Ref>(null)
  const shown = tries === 0 ? undefined : fault
  const isOfField = typeof shown === 'object'
  const said: (Pick<ApiError, 'message'> & { readonly code?: string }) | undefined = typeof shown === 'string' ? { message: shown } : error
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever corrects a fault keeps the focus; only a try that failed takes it
  useEffect(() => {
    if (tries === 0) return
    const field = isOfField ? form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') : undefined
    const target = field ?? place.current
    target?.scrollIntoView({ block: 'center' })
    if (field) field.focus({ preventScroll: true })
    else alert.current?.focus()
  }, [tries, error])
  const send = async () => {
    if (pending) return
    setTries(tries + 1)
    if (fault !== undefined) return
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
      <ShownFault value={isOfField ? shown : undefined}>
        <form
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <Form
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
              {said !== undefined && (
                <div ref={place}>
                  <Alert ref={alert} type="error" {...(said.code !== undefined && { header: said.code })}>
                    {said.message}
                  </Alert>
                </div>
              )}
              {below}
            </SpaceBetween>
          </Form>
        </form>
      </ShownFault>
    </Page>
  )
}
