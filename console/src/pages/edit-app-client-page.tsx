import Checkbox from '@cloudscape-design/components/checkbox'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { UserPoolClientType } from '../../../src/model/types.gen.ts'
import { changeClient } from '../api/change-client.ts'
import { authFlows, type ClientSignIn, flowHindrance, signInChanges, signInFault, signInOf, withRotation } from '../api/client-sign-in.ts'
import { rebased } from '../api/rebased.ts'
import { CheckList } from '../components/check-list.tsx'
import { DraftForm } from '../components/draft-form.tsx'
import { FaultField } from '../components/fault-field.tsx'
import { LoadedForm } from '../components/loaded-form.tsx'
import { useCall } from '../hooks/use-call.ts'
import { type Draft, useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { Lifetime } from './app-client/lifetime.tsx'

const help = {
  title: 'App client information',
  body: (
    <p>
      Authentication flows are the ways in which this application may sign users in over the API. Tokens that were issued keep the
      expiration that they have.
    </p>
  ),
}

interface Part {
  readonly draft: Draft<ClientSignIn>
}

const Information = ({ draft: { values, set } }: Part) => (
  <Container header={<Header variant="h2">App client information</Header>}>
    <SpaceBetween size="l">
      <FaultField field="name" label="App client name" constraintText="Up to 128 letters, digits, spaces and _ + = , . @ -">
        <Input value={values.name} onChange={({ detail }) => set({ name: detail.value })} autoComplete={false} />
      </FaultField>
      <CheckList
        label="Authentication flows"
        choices={authFlows.map(({ flow, ...choice }) => ({ value: flow, ...choice, hindrance: flowHindrance(flow, values) }))}
        chosen={values.flows}
        onChange={(flows) => set({ flows: [...flows].sort() })}
      />
    </SpaceBetween>
  </Container>
)

const Expiration = ({ draft: { values, set } }: Part) => (
  <Container header={<Header variant="h2">Expiration</Header>}>
    <ColumnLayout columns={2}>
      <FaultField field="session" label="Authentication flow session duration" constraintText="3 to 15 minutes.">
        <Input value={values.session} inputMode="numeric" onChange={({ detail }) => set({ session: detail.value })} />
      </FaultField>
      <Lifetime
        label="Refresh token expiration"
        constraint="60 minutes to 10 years."
        value={values.refresh}
        onChange={(refresh) => set({ refresh })}
      />
      <Lifetime
        label="Access token expiration"
        constraint="5 minutes to 1 day."
        value={values.access}
        onChange={(access) => set({ access })}
      />
      <Lifetime label="ID token expiration" constraint="5 minutes to 1 day." value={values.id} onChange={(id) => set({ id })} />
    </ColumnLayout>
  </Container>
)

const Advanced = ({ draft: { values, set } }: Part) => (
  <Container header={<Header variant="h2">Advanced configuration</Header>}>
    <SpaceBetween size="l">
      <Checkbox
        checked={values.rotates}
        onChange={({ detail }) => set(withRotation(values, detail.checked))}
        description="Every refresh gives a new refresh token. The flow ALLOW_REFRESH_TOKEN_AUTH is taken away: applications call GetTokensFromRefreshToken."
      >
        Enable refresh token rotation
      </Checkbox>
      {values.rotates && (
        <FaultField
          field="graceSeconds"
          label="Refresh token rotation grace period"
          constraintText="0 to 60 seconds in which the old refresh token still works."
        >
          <Input value={values.graceSeconds} inputMode="numeric" onChange={({ detail }) => set({ graceSeconds: detail.value })} />
        </FaultField>
      )}
      <Checkbox
        checked={values.revocation}
        onChange={({ detail }) => set({ revocation: detail.checked })}
        description="Refresh tokens can be revoked, and the access tokens that came from them with them."
      >
        Enable token revocation
      </Checkbox>
      <Checkbox
        checked={values.hidesExistence}
        onChange={({ detail }) => set({ hidesExistence: detail.checked })}
        description="Answers don’t tell whether a user exists."
      >
        Prevent user existence errors
      </Checkbox>
      <Checkbox
        checked={values.passesContext}
        onChange={({ detail }) => set({ passesContext: detail.checked })}
        description="A back end may say from which address its user came. Needs a client secret."
      >
        Accept additional user context data
      </Checkbox>
    </SpaceBetween>
  </Container>
)

const Edit = ({ params, client }: PageProps & { readonly client: UserPoolClientType }) => {
  const { poolId = '', clientId = '' } = params
  const draft = useDraft('edit-app-client', signInOf(client))
  return (
    <DraftForm
      draft={draft}
      title="Edit app client information"
      help={help}
      submit="Save changes"
      fault={signInFault(draft.values)}
      saved={`The app client ${draft.values.name.trim()} was changed.`}
      back={hrefOf('user-pools/:poolId/app-clients/:clientId', params)}
      onSubmit={() => changeClient(poolId, clientId, (now) => signInChanges(rebased(draft, signInOf(now))))}
    >
      <Information draft={draft} />
      <Expiration draft={draft} />
      <Advanced draft={draft} />
    </DraftForm>
  )
}

/** Changes an app client's name, authentication flows, token expiration and what AWS calls advanced. */
export const EditAppClientPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', clientId: ClientId = '' } = params
  const load = useCall('DescribeUserPoolClient', { UserPoolId, ClientId })
  return (
    <LoadedForm title="Edit app client information" load={{ ...load, value: load.value?.UserPoolClient }}>
      {(client) => <Edit params={params} client={client} />}
    </LoadedForm>
  )
}
