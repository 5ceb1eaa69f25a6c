import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Multiselect from '@cloudscape-design/components/multiselect'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tiles from '@cloudscape-design/components/tiles'
import { useRef, useState } from 'react'
import { call } from '../api/call.ts'
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

type Part = { readonly draft: Draft<NewPool> }

const Application = ({ draft: { values, set } }: Part) => (
  <Container header={<Header variant="h2">Define your application</Header>}>
    <SpaceBetween size="l">
      <FormField label="Application type" stretch>
        <Tiles
          ariaLabel="Application type"
          value={values.type}
          columns={2}
          onChange={({ detail }) => set({ type: detail.value as ClientKind })}
          items={Object.entries(applicationTypes).map(([value, { text, about }]) => ({ value, label: text, description: about }))}
        />
      </FormField>
      <TextField
        label="Name your application"
        value={values.clientName}
        placeholder={applicationTypes[values.type].name}
        onChange={(clientName) => set({ clientName })}
        hint={`The name of the app client. Empty: ${applicationTypes[values.type].name}.`}
      />
      <TextField
        label="User pool name - optional"
        value={values.poolName}
        placeholder={poolNameOf({ ...values, poolName: '' })}
        onChange={(poolName) => set({ poolName })}
        hint="Can be changed later."
      />
    </SpaceBetween>
  </Container>
)

const Options = ({ draft: { values, set } }: Part) => {
  const implied = impliedAttributes(values)
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
            <CheckField label="Email" value={values.email} onChange={(email) => set({ email })} />
            <CheckField label="Phone number" value={values.phone} onChange={(phone) => set({ phone })} />
            <CheckField label="Username" value={values.username} onChange={(username) => set({ username })} />
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

const Addresses = ({ draft: { values, set } }: Part) => (
  <Container header={<Header variant="h2">{values.type === 'machine' ? 'Domain' : 'Add a return URL and a domain'}</Header>}>
    <SpaceBetween size="l">
      {values.type !== 'machine' && (
        <TextField
          label="Return URL - optional"
          value={values.returnUrl}
          placeholder="http://localhost:3000"
          onChange={(returnUrl) => set({ returnUrl })}
          hint="Where the login pages send users after sign-in: https, http on localhost, or an app's own scheme. Without one the application signs users in with the API alone."
        />
      )}
      <TextField
        label="Domain prefix - optional"
        value={values.prefix}
        onChange={(prefix) => set({ prefix })}
        hint="Lowercase letters, digits and hyphens. Empty: made from the ID of the user pool."
      />
    </SpaceBetween>
  </Container>
)

/** Makes a user pool for an application. */
export const CreateUserPoolPage = () => {
  const { accountId } = useSession()
  const draft = useDraft('create-user-pool', noPool)
  const progress = useRef<Progress>({})
  const [begun, setBegun] = useState<string>()
  return (
    <DraftForm
      draft={draft}
      title="Create user pool"
      description="Set up resources for your application."
      help={help}
      submit="Create user pool"
      fault={newPoolFault(draft.values)}
      saved={`The user pool ${poolNameOf(draft.values)} was created, with a domain and an app client.`}
      back={hrefOf('user-pools')}
      next={({ poolId }) => hrefOf('user-pools/:poolId', { poolId })}
      onSubmit={async () => {
        try {
          return await makePool(draft.values, accountId, progress.current, call)
        } finally {
          setBegun(progress.current.poolId)
        }
      }}
    >
      <Application draft={draft} />
      {draft.values.type !== 'machine' && <Options draft={draft} />}
      <Addresses draft={draft} />
      {begun !== undefined && (
        <Alert type="info">
          The user pool <ConsoleLink href={hrefOf('user-pools/:poolId', { poolId: begun })}>{begun}</ConsoleLink> itself is there already.
          Correct what was refused: the same button makes the rest.
        </Alert>
      )}
    </DraftForm>
  )
}
