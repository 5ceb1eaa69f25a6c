import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { call } from '../api/call.ts'
import { ConsoleLink } from '../components/console-link.tsx'
import { DraftForm } from '../components/draft-form.tsx'
import { LoadedForm } from '../components/loaded-form.tsx'
import { useCall } from '../hooks/use-call.ts'
import { useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { NumberField } from '../settings/fields.tsx'
import { silentFault } from '../settings/session-values.ts'

const help = {
  title: 'Single sign-on session',
  body: (
    <p>
      Whoever has signed in on the pool’s login pages is signed in to its other applications without being asked again. How long after the
      sign-in this app client takes that is set here; other app clients have times of their own.
    </p>
  ),
}

const Edit = ({ params, minutes, isTracked }: PageProps & { readonly minutes: number; readonly isTracked: boolean }) => {
  const { poolId: UserPoolId = '', clientId: ClientId = '' } = params
  const draft = useDraft('client-session', { minutes: String(minutes) })
  const { values, set } = draft
  return (
    <DraftForm
      draft={draft}
      title="Edit single sign-on session"
      help={help}
      submit="Save changes"
      saved="Saved: single sign-on session."
      fault={silentFault(values.minutes)}
      back={hrefOf('user-pools/:poolId/app-clients/:clientId', params)}
      onSubmit={() =>
        call('SetUserPoolClientSessionConfiguration', { UserPoolId, ClientId, SSOSession: { MaxValidityMinutes: Number(values.minutes) } })
      }
    >
      <Container>
        <SpaceBetween size="l">
          {!isTracked && (
            <Alert type="info">
              This pool does not track sessions, and silent sign-in lasts 60 minutes. Switch tracking on first:{' '}
              <ConsoleLink href={hrefOf('user-pools/:poolId/sessions', params)}>Sessions</ConsoleLink>.
            </Alert>
          )}
          <NumberField
            label="Silent sign-in, in minutes"
            value={values.minutes}
            onChange={(next) => set({ minutes: next })}
            hint="0 to 129600 (90 days) after the user last gave a password or another factor. 0: users sign in again every time."
          />
        </SpaceBetween>
      </Container>
    </DraftForm>
  )
}

/** Sets for how long an app client signs people in silently. */
export const ClientSessionPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', clientId: ClientId = '' } = params
  const load = useCall('GetUserPoolClientSessionConfiguration', { UserPoolId, ClientId })
  const pool = useCall('GetUserPoolSessionConfiguration', { UserPoolId })
  const value =
    load.value && pool.value
      ? { minutes: load.value.SSOSession?.MaxValidityMinutes ?? 60, isTracked: pool.value.UserSessionTracking === 'ENABLED' }
      : undefined
  const reload = () => {
    load.reload()
    pool.reload()
  }
  return (
    <LoadedForm
      title="Edit single sign-on session"
      load={{ value, error: load.error ?? pool.error, loading: load.loading || pool.loading, reload }}
    >
      {(now) => <Edit params={params} {...now} />}
    </LoadedForm>
  )
}
