import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tiles from '@cloudscape-design/components/tiles'
import type { ResourceServerType } from '../../../src/model/types.gen.ts'
import { allRows } from '../api/all-rows.ts'
import { call } from '../api/call.ts'
import { exampleUrl } from '../api/example-url.ts'
import { scopeChoices } from '../api/login-pages.ts'
import {
  type ClientKind,
  machineScope,
  machineServerInput,
  type NewClient,
  needsMachineServer,
  newClientFault,
  newClientInput,
  noClient,
} from '../api/new-client.ts'
import { CheckList } from '../components/check-list.tsx'
import { DraftForm } from '../components/draft-form.tsx'
import { FaultField } from '../components/fault-field.tsx'
import { type Draft, useDraft } from '../hooks/use-draft.ts'
import { useLoad } from '../hooks/use-load.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { usePool } from '../shell/pool.tsx'
import { useSession } from '../shell/session-gate.tsx'

const help = {
  title: 'Create app client',
  body: (
    <p>
      The type decides what an app client begins with: whether it has a secret, which flows and grants it may use. Everything but the secret
      can be changed afterwards.
    </p>
  ),
}

const kinds: readonly { readonly value: ClientKind; readonly label: string; readonly description: string }[] = [
  {
    value: 'web',
    label: 'Traditional web application',
    description: 'Pages that a server renders. The app client has a secret, which stays on the server.',
  },
  {
    value: 'spa',
    label: 'Single-page application (SPA)',
    description: 'Runs in the browser. No secret; the code grant with PKCE.',
  },
  { value: 'mobile', label: 'Mobile app', description: 'Runs on a phone or a desktop. No secret; the code grant with PKCE.' },
  {
    value: 'machine',
    label: 'Machine-to-machine application',
    description: 'A program that acts for itself. A secret, and client credentials with custom scopes.',
  },
]

const MachineScopes = ({ draft, servers }: { readonly draft: Draft<NewClient>; readonly servers: readonly ResourceServerType[] }) => {
  const { custom } = scopeChoices(servers, [])
  return (
    <CheckList
      label="Custom scopes - optional"
      description={`With none chosen the scope ${machineScope} is allowed, and its resource server made if need be.`}
      choices={custom.map((value) => ({ value, text: value }))}
      chosen={draft.values.scopes}
      onChange={(scopes) => draft.set({ scopes })}
    />
  )
}

const Application = ({ draft, servers }: { readonly draft: Draft<NewClient>; readonly servers: readonly ResourceServerType[] }) => {
  const { values, set } = draft
  const example = exampleUrl(useSession())
  return (
    <Container header={<Header variant="h2">Define your application</Header>}>
      <SpaceBetween size="l">
        <FormField label="Application type" stretch>
          <Tiles
            ariaLabel="Application type"
            columns={2}
            value={values.kind}
            items={kinds}
            onChange={({ detail }) => set({ kind: detail.value as ClientKind })}
          />
        </FormField>
        <FaultField field="name" label="Name your application" constraintText="Up to 128 letters, digits, spaces and _ + = , . @ -">
          <Input value={values.name} onChange={({ detail }) => set({ name: detail.value })} autoComplete={false} />
        </FaultField>
        {values.kind === 'machine' ? (
          <MachineScopes draft={draft} servers={servers} />
        ) : (
          <FaultField
            field="returnUrl"
            label="Return URL - optional"
            description="Where users come back to after they signed in on the pages."
            constraintText={`HTTPS, http://localhost for tests, or an app’s own scheme such as myapp://. ${example === undefined ? 'Without one the pages stay off.' : `Without one: ${example}, a page of this server that shows what your application would get.`}`}
          >
            <Input
              value={values.returnUrl}
              placeholder="https://example.com/callback"
              onChange={({ detail }) => set({ returnUrl: detail.value })}
              autoComplete={false}
              spellcheck={false}
            />
          </FaultField>
        )}
      </SpaceBetween>
    </Container>
  )
}

/** Makes an app client of one of the four types that AWS's console has. */
export const CreateAppClientPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const tier = usePool()?.value?.UserPoolTier
  const session = useSession()
  const draft = useDraft('create-app-client', noClient)
  const servers =
    useLoad((signal) => allRows('ListResourceServers', { UserPoolId: poolId }, signal), `resource servers ${poolId}`).value ?? []
  const create = async () => {
    if (needsMachineServer(draft.values, servers)) {
      // A second try finds the one of the first.
      const now = await allRows('ListResourceServers', { UserPoolId: poolId })
      if (needsMachineServer(draft.values, now)) await call('CreateResourceServer', machineServerInput(poolId))
    }
    const { UserPoolClient } = await call('CreateUserPoolClient', newClientInput(poolId, draft.values, tier, exampleUrl(session)))
    return UserPoolClient?.ClientId ?? ''
  }
  return (
    <DraftForm
      draft={draft}
      title="Create app client"
      help={help}
      submit="Create app client"
      fault={newClientFault(draft.values)}
      saved={`The app client ${draft.values.name.trim()} was created.`}
      back={hrefOf('user-pools/:poolId/app-clients', { poolId })}
      next={(clientId) => hrefOf('user-pools/:poolId/app-clients/:clientId', { poolId, clientId })}
      onSubmit={create}
    >
      <Application draft={draft} servers={servers} />
    </DraftForm>
  )
}
