import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Output } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { rebased } from '../api/rebased.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { Loaded } from '../components/loaded.tsx'
import { LoadedForm } from '../components/loaded-form.tsx'
import { Page } from '../components/page.tsx'
import { useCall } from '../hooks/use-call.ts'
import { useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { CheckField, NumberField } from '../settings/fields.tsx'
import { sessionChanges, sessionFault, sessionValues } from '../settings/session-values.ts'
import { SettingContainer } from '../settings/setting-container.tsx'

type Sessions = Output<'GetUserPoolSessionConfiguration'>

const path = 'user-pools/:poolId/sessions'

const help = {
  title: 'Sessions',
  body: (
    <>
      <p>
        With session tracking, every sign-in is a session of its user: it is listed on the user’s Sessions tab, and can be ended there or by
        the user. Sign-ins from before are not listed.
      </p>
      <p>For how long an app client signs people in silently is set at the app client, once the pool tracks sessions.</p>
    </>
  ),
}

const tracking = {
  title: 'Session management',
  description: 'Needs the Essentials or the Plus plan.',
  items: (sessions: Sessions) => {
    const { tracks, most } = sessionValues(sessions)
    return [
      { label: 'Session tracking', value: tracks ? 'Enabled' : 'Disabled' },
      { label: 'Sessions of a user at most', value: most },
    ]
  },
}

/** Whether a pool tracks its users' sessions. */
export const SessionsSettingsPage = ({ params }: PageProps) => {
  const load = useCall('GetUserPoolSessionConfiguration', { UserPoolId: params['poolId'] ?? '' })
  return (
    <Page title="Sessions" help={help} onReload={load.reload}>
      <Loaded load={load}>
        {(sessions) => <SettingContainer setting={tracking} now={sessions} href={hrefOf(`${path}/edit`, params)} />}
      </Loaded>
    </Page>
  )
}

const Edit = ({ params, sessions }: PageProps & { readonly sessions: Sessions }) => {
  const UserPoolId = params['poolId'] ?? ''
  const draft = useDraft('sessions', sessionValues(sessions))
  const { values, set } = draft
  const save = async () => {
    const now = sessionValues(await call('GetUserPoolSessionConfiguration', { UserPoolId }))
    await call('SetUserPoolSessionConfiguration', sessionChanges(UserPoolId, rebased(draft, now)))
  }
  return (
    <DraftForm
      draft={draft}
      title="Edit session management"
      submit="Save changes"
      saved="Saved: session management."
      fault={sessionFault(values)}
      back={hrefOf(path, params)}
      onSubmit={save}
    >
      <Container>
        <SpaceBetween size="l">
          <CheckField
            label="Track sessions"
            value={values.tracks}
            onChange={(tracks) => set({ tracks })}
            hint="Lists the sign-ins of users from now on, and lets them be ended one by one."
          />
          <NumberField
            label="Sessions of a user at most"
            value={values.most}
            onChange={(most) => set({ most })}
            hint="1 to 100. One more sign-in ends the session that was used longest ago."
          />
        </SpaceBetween>
      </Container>
    </DraftForm>
  )
}

/** Switches session tracking on or off, and limits the sessions of a user. */
export const EditSessionsSettingsPage = ({ params }: PageProps) => {
  const load = useCall('GetUserPoolSessionConfiguration', { UserPoolId: params['poolId'] ?? '' })
  return (
    <LoadedForm title="Edit session management" load={load}>
      {(sessions) => <Edit params={params} sessions={sessions} />}
    </LoadedForm>
  )
}
