import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { SchemaAttributeType } from '../../../src/model/types.gen.ts'
import { type AttributeDraft, attributeChanges, draftOf, writtenAttributes } from '../api/attribute-changes.ts'
import { call } from '../api/call.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { useCall } from '../hooks/use-call.ts'
import { useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { usePool } from '../shell/pool.tsx'

const help = {
  title: 'Edit user attributes',
  body: (
    <>
      <p>An empty field takes the attribute away. Attributes that the pool made immutable can’t be changed after the user was made.</p>
      <p>
        A changed address that isn’t marked as verified gets a code when the pool verifies it automatically, and where the pool wants proof
        before the change, the old address stays until the user enters it.
      </p>
    </>
  ),
}

const flags = { email: 'emailVerified', phone_number: 'phoneVerified' } as const

interface FieldProps {
  readonly attribute: SchemaAttributeType
  readonly values: AttributeDraft
  readonly set: (changes: Partial<AttributeDraft>) => void
}

const AttributeField = ({ attribute: { Name = '', Mutable, Required, AttributeDataType }, values, set }: FieldProps) => {
  const flag = Name === 'email' || Name === 'phone_number' ? flags[Name] : undefined
  const value = values.values[Name] ?? ''
  return (
    <SpaceBetween size="xs">
      <FormField
        label={`${Name}${Required ? '' : ' - optional'}`}
        description={Mutable === false ? 'Immutable: set when the user was made.' : undefined}
        constraintText={AttributeDataType === 'String' ? undefined : AttributeDataType}
      >
        <Input
          value={value}
          disabled={Mutable === false}
          autoComplete={false}
          spellcheck={false}
          onChange={({ detail }) => set({ values: { ...values.values, [Name]: detail.value } })}
        />
      </FormField>
      {flag !== undefined && (
        <Checkbox checked={values[flag]} disabled={value === ''} onChange={({ detail }) => set({ [flag]: detail.checked })}>
          {Name === 'email' ? 'Mark the email address as verified' : 'Mark the phone number as verified'}
        </Checkbox>
      )}
    </SpaceBetween>
  )
}

const always: readonly string[] = ['email', 'phone_number']

interface EditProps {
  readonly poolId: string
  readonly username: string
  readonly before: AttributeDraft
  readonly schema: readonly SchemaAttributeType[]
}

const EditForm = ({ poolId, username, before, schema }: EditProps) => {
  const draft = useDraft('edit-user', before)
  const isShown = ({ Name = '', Required }: SchemaAttributeType) =>
    always.includes(Name) || Required === true || draft.values.values[Name] !== undefined
  const others = schema.filter((attribute) => !isShown(attribute) && attribute.Mutable !== false)
  const changes = attributeChanges(draft.start, draft.values)
  return (
    <DraftForm
      draft={draft}
      title={`Edit ${username}`}
      help={help}
      submit="Save changes"
      fault={changes.length === 0 ? 'Nothing was changed yet.' : undefined}
      saved="The attributes were saved."
      back={hrefOf('user-pools/:poolId/users/:username', { poolId, username })}
      onSubmit={() => call('AdminUpdateUserAttributes', { UserPoolId: poolId, Username: username, UserAttributes: changes })}
    >
      <Container header={<Header variant="h2">User attributes</Header>}>
        <SpaceBetween size="l">
          {schema.filter(isShown).map((attribute) => (
            <AttributeField key={attribute.Name} attribute={attribute} values={draft.values} set={draft.set} />
          ))}
          <FormField label="Add an attribute - optional">
            <Select
              selectedOption={null}
              placeholder="Choose an attribute of the pool"
              filteringType="auto"
              options={others.map(({ Name = '' }) => ({ value: Name, label: Name }))}
              empty="The form shows all attributes that can be set."
              onChange={({ detail }) => draft.set({ values: { ...draft.values.values, [detail.selectedOption.value ?? '']: '' } })}
            />
          </FormField>
        </SpaceBetween>
      </Container>
    </DraftForm>
  )
}

/** Changes a user's attributes. */
export const EditUserPage = ({ params }: PageProps) => {
  const { poolId = '', username = '' } = params
  const load = useCall('AdminGetUser', { UserPoolId: poolId, Username: username })
  const pool = usePool()
  const schema = pool?.value?.SchemaAttributes
  if (load.value !== undefined && schema !== undefined) {
    return (
      <EditForm poolId={poolId} username={username} before={draftOf(load.value.UserAttributes ?? [])} schema={writtenAttributes(schema)} />
    )
  }
  return (
    <Page title={`Edit ${username}`} help={help}>
      <Loaded load={load}>{() => null}</Loaded>
      {pool && <Loaded load={pool}>{() => null}</Loaded>}
    </Page>
  )
}
