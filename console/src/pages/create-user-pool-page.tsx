import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Multiselect from '@cloudscape-design/components/multiselect'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tiles from '@cloudscape-design/components/tiles'
import { call } from '../api/call.ts'
import { exampleUrl } from '../api/example-url.ts'
import type { ClientKind } from '../api/new-client.ts'
import { ConsoleLink } from '../components/console-link.tsx'
import { DraftForm } from '../components/draft-form.tsx'
import { type Draft, useDraft } from '../hooks/use-draft.ts'
import { hrefOf } from '../router/path.ts'
import { CheckField, TextField } from '../settings/fields.tsx'
import { useSession } from '../shell/session-gate.tsx'
import { makePool, type Progress } from './create-user-pool/make-pool.ts'
import { applicationTypes, impliedAttributes, type NewPool, newPoolFault, noPool, poolNameOf } from './create-user-pool/new-pool.ts'
import { requirable } from './create-user-pool/requirable.ts'

const help = {
  title: 'Create user pool',
  body: (
    <>
      <p>Makes a user pool, a domain for its login pages, an app client with the flows of its type, and the style of the pages.</p>
      <p>
        As in the AWS console, names are not case sensitive, the API doesn't tell whether a user exists, and deletion protection is active.
        The API's own defaults differ.
      </p>
      <p>Sign-in identifiers and required attributes can't be changed later. Everything else can.</p>
    </>
  ),
}

/** What is typed, and what of it is made already: both outlive a reload. */
type Making = NewPool & { readonly made: Progress }

type Part = { readonly draft: Draft<Making> }

const Application = ({ draft: { values, set } }: Part) => (
  <Container header={<Header variant="h2">Define your application</Header>}>
    <SpaceBetween size="l">
      <FormField label="Application type" stretch>
        <Tiles
          ariaLabel="Application type"
          value={values.type}
          columns={2}
          onChange={({ detail }) => set({ type: detail.value as ClientKind })}
          items={Object.entries(applicationTypes).map(([value, { text, about }]) => ({
            value,
            label: text,
            description: about,
            disabled: values.made.poolId !== undefined,
          }))}
        />
      </FormField>
      <TextField
        label="Name your application"
        field="clientName"
        value={values.made.clientName ?? values.clientName}
        isFixed={values.made.clientId !== undefined}
        placeholder={applicationTypes[values.type].name}
        onChange={(clientName) => set({ clientName })}
        hint={`The name of the app client. Empty: ${applicationTypes[values.type].name}.`}
      />
      <TextField
        label="User pool name - optional"
        field="poolName"
        value={values.made.poolName ?? values.poolName}
        isFixed={values.made.poolId !== undefined}
        placeholder={poolNameOf({ ...values, poolName: '' })}
        onChange={(poolName) => set({ poolName })}
        hint="Can be changed later."
      />
    </SpaceBetween>
  </Container>
)

const Options = ({ draft: { values, set } }: Part) => {
  const implied = impliedAttributes(values)
  const isFixed = values.made.poolId !== undefined
  const options = requirable.filter(({ value }) => !implied.some((name) => name === value))
  return (
    <Container
      header={
        <Header variant="h2" description="Sign-in identifiers and required attributes can't be changed once the user pool is made.">
          Configure options
        </Header>
      }
    >
      <SpaceBetween size="l">
        <FormField label="Options for sign-in identifiers" description="What users may type to say who they are.">
          <SpaceBetween size="xs">
            <CheckField label="Email" value={values.email} isFixed={isFixed} onChange={(email) => set({ email })} />
            <CheckField label="Phone number" value={values.phone} isFixed={isFixed} onChange={(phone) => set({ phone })} />
            <CheckField label="Username" value={values.username} isFixed={isFixed} onChange={(username) => set({ username })} />
          </SpaceBetween>
        </FormField>
        {values.username && implied.length === 0 && !values.required.some((name) => name === 'email' || name === 'phone_number') && (
          <Alert type="info">
            Users without an email address or phone number can't reset their passwords themselves: require one of them below.
          </Alert>
        )}
        <FormField label="Self-registration">
          <CheckField
            label="Enable self-registration"
            value={values.selfRegistration}
            isFixed={isFixed}
            onChange={(selfRegistration) => set({ selfRegistration })}
            hint="Everybody may sign up. Otherwise administrators create the users."
          />
        </FormField>
        <FormField
          label="Required attributes for sign-up"
          description="What users have to give when they sign up."
          constraintText={implied.length === 0 ? undefined : `Required anyway: ${implied.join(', ')}.`}
        >
          <Multiselect
            options={options}
            disabled={isFixed}
            selectedOptions={options.filter(({ value }) => values.required.includes(value))}
            placeholder="Select attributes"
            deselectAriaLabel={({ label }) => `Remove ${label}`}
            onChange={({ detail }) => set({ required: detail.selectedOptions.flatMap(({ value }) => value ?? []) })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  )
}

const Addresses = ({ draft: { values, set }, example }: Part & { readonly example: string | undefined }) => (
  <Container header={<Header variant="h2">{values.type === 'machine' ? 'Domain' : 'Add a return URL and a domain'}</Header>}>
    <SpaceBetween size="l">
      {values.type !== 'machine' && (
        <TextField
          label="Return URL - optional"
          field="returnUrl"
          value={values.returnUrl}
          isFixed={values.made.clientId !== undefined}
          placeholder="http://localhost:3000"
          onChange={(returnUrl) => set({ returnUrl })}
          hint={`Where the login pages send users after sign-in: https, http on localhost, or an app's own scheme. ${
            example === undefined
              ? 'Without one the application signs users in with the API alone.'
              : `Without one: ${example}, a page of this server that shows what your application would get.`
          }`}
        />
      )}
      <TextField
        label="Domain prefix - optional"
        field="prefix"
        value={values.made.domain ?? values.prefix}
        isFixed={values.made.domain !== undefined}
        onChange={(prefix) => set({ prefix })}
        hint="Lowercase letters, digits and hyphens. Empty: made from the ID of the user pool."
      />
    </SpaceBetween>
  </Container>
)

/** Says what a refusal has left behind, which can't be chosen again. */
const Made = ({ draft: { values, set } }: Part) => {
  const { poolId, poolName, domain, clientId } = values.made
  if (poolId === undefined) return null
  const parts = [...(domain === undefined ? [] : ['a domain']), ...(clientId === undefined ? [] : ['an app client'])]
  return (
    <Alert
      type="info"
      action={
        <Button formAction="none" onClick={() => set({ made: {} })}>
          Make another user pool instead
        </Button>
      }
    >
      The user pool <ConsoleLink href={hrefOf('user-pools/:poolId', { poolId })}>{poolName ?? poolId}</ConsoleLink> itself is there already
      {parts.length > 0 && `, with ${parts.join(' and ')}`}. What can't be changed here any more was made with it: change that on its own
      pages. Correct what was refused: the same button makes the rest.
    </Alert>
  )
}

/** Makes a user pool for an application. */
export const CreateUserPoolPage = () => {
  const session = useSession()
  const draft = useDraft<Making>('create-user-pool', { ...noPool, made: {} })
  const { made } = draft.values
  const example = exampleUrl(session)
  return (
    <DraftForm
      draft={draft}
      title="Create user pool"
      description="Set up resources for your application."
      help={help}
      submit="Create user pool"
      fault={newPoolFault(draft.values)}
      saved={`The user pool ${made.poolName ?? poolNameOf(draft.values)} was created, with a domain and an app client.`}
      back={hrefOf('user-pools')}
      below={draft.restored === undefined && <Made draft={draft} />}
      next={({ poolId, clientId }) => `${hrefOf('user-pools/:poolId', { poolId })}?${new URLSearchParams({ made: clientId })}`}
      onSubmit={() =>
        makePool(draft.values, { accountId: session.accountId, exampleUrl: example, call }, made, (now) => draft.set({ made: now }))
      }
    >
      {draft.restored !== undefined && <Made draft={draft} />}
      <Application draft={draft} />
      {draft.values.type !== 'machine' && <Options draft={draft} />}
      <Addresses draft={draft} example={example} />
    </DraftForm>
  )
}
