import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ResourceServerType, UserPoolClientType } from '../../../src/model/types.gen.ts'
import { allRows } from '../api/all-rows.ts'
import { call } from '../api/call.ts'
import { changeClient } from '../api/change-client.ts'
import { grants, type LoginPages, loginPagesChanges, loginPagesFault, loginPagesOf, scopeChoices } from '../api/login-pages.ts'
import { rebased } from '../api/rebased.ts'
import { CheckList } from '../components/check-list.tsx'
import { DraftForm } from '../components/draft-form.tsx'
import { LoadedForm } from '../components/loaded-form.tsx'
import { TextFields } from '../components/text-fields.tsx'
import { type Draft, useDraft } from '../hooks/use-draft.ts'
import { useLoad } from '../hooks/use-load.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'

const help = {
  title: 'Login pages',
  body: (
    <p>
      Callback URLs are compared letter by letter. Scopes decide what a token shows and opens: openid gives an ID token, custom scopes come
      from resource servers.
    </p>
  ),
}

const urls = 'HTTPS, http://localhost for tests, or an app’s own scheme such as myapp://. No fragment.'

const Addresses = ({ draft: { values, set } }: { readonly draft: Draft<LoginPages> }) => (
  <Container header={<Header variant="h2">URLs</Header>}>
    <SpaceBetween size="l">
      <TextFields
        label="Allowed callback URL"
        description={urls}
        placeholder="https://example.com/callback"
        texts={values.callbacks}
        most={100}
        onChange={(callbacks) => set({ callbacks })}
      />
      <FormField label="Default redirect URL - optional" description="Where a sign-in leads that names no redirect_uri.">
        <Select
          selectedOption={{ value: values.defaultCallback, label: values.defaultCallback || 'None' }}
          options={['', ...new Set(values.callbacks.map((url) => url.trim()).filter(Boolean))].map((url) => ({
            value: url,
            label: url || 'None',
          }))}
          onChange={({ detail }) => set({ defaultCallback: detail.selectedOption.value ?? '' })}
        />
      </FormField>
      <TextFields
        label="Allowed sign-out URL"
        description="Where the sign-out page may lead."
        placeholder="https://example.com/signed-out"
        texts={values.signOuts}
        most={100}
        onChange={(signOuts) => set({ signOuts })}
      />
    </SpaceBetween>
  </Container>
)

const OAuth = ({ draft, servers }: { readonly draft: Draft<LoginPages>; readonly servers: readonly ResourceServerType[] }) => {
  const { values, set } = draft
  const { standard, custom } = scopeChoices(servers, values.scopes)
  const chooseScopes = (from: readonly string[]) => (chosen: readonly string[]) =>
    set({ scopes: [...values.scopes.filter((scope) => !from.includes(scope)), ...chosen] })
  const providers = [...new Set(['COGNITO', ...values.providers])]
  return (
    <Container header={<Header variant="h2">Sign-in and OAuth 2.0</Header>}>
      <SpaceBetween size="l">
        <Checkbox
          checked={values.isOn}
          onChange={({ detail }) => set({ isOn: detail.checked })}
          description="Without it the app client has no login pages and gets no tokens from the token endpoint."
        >
          Use login pages and OAuth 2.0
        </Checkbox>
        <CheckList
          label="Identity providers"
          choices={providers.map((value) => ({ value, text: value === 'COGNITO' ? 'Cognito user pool' : value }))}
          chosen={values.providers}
          onChange={(chosen) => set({ providers: chosen })}
        />
        <CheckList
          label="OAuth 2.0 grant types"
          choices={grants.map(({ grant, ...choice }) => ({ value: grant, ...choice }))}
          chosen={values.grants}
          onChange={(chosen) => set({ grants: chosen })}
        />
        <CheckList
          label="OpenID Connect scopes"
          choices={standard.map((value) => ({ value, text: value }))}
          chosen={values.scopes}
          onChange={chooseScopes(standard)}
        />
        {custom.length > 0 && (
          <CheckList
            label="Custom scopes"
            choices={custom.map((value) => ({ value, text: value }))}
            chosen={values.scopes}
            onChange={chooseScopes(custom)}
          />
        )}
      </SpaceBetween>
    </Container>
  )
}

const Edit = ({
  params,
  client,
  servers,
}: PageProps & { readonly client: UserPoolClientType; readonly servers: readonly ResourceServerType[] }) => {
  const { poolId = '', clientId = '' } = params
  const draft = useDraft('login-pages', loginPagesOf(client))
  return (
    <DraftForm
      draft={draft}
      title="Edit login pages configuration"
      help={help}
      submit="Save changes"
      fault={loginPagesFault(draft.values)}
      saved="The login pages of the app client were changed."
      back={hrefOf('user-pools/:poolId/app-clients/:clientId', params)}
      onSubmit={() => changeClient(poolId, clientId, (now) => loginPagesChanges(rebased(draft, loginPagesOf(now))))}
    >
      <Addresses draft={draft} />
      <OAuth draft={draft} servers={servers} />
    </DraftForm>
  )
}

/** Changes an app client's callback and sign-out URLs, grants, scopes and identity providers. */
export const EditLoginPagesPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', clientId: ClientId = '' } = params
  const load = useLoad(async (signal) => {
    const [{ UserPoolClient: client = {} }, servers] = await Promise.all([
      call('DescribeUserPoolClient', { UserPoolId, ClientId }, signal),
      allRows('ListResourceServers', { UserPoolId }, signal),
    ])
    return { client, servers }
  }, `login pages ${UserPoolId} ${ClientId}`)
  return (
    <LoadedForm title="Edit login pages configuration" load={load}>
      {({ client, servers }) => <Edit params={params} client={client} servers={servers} />}
    </LoadedForm>
  )
}
