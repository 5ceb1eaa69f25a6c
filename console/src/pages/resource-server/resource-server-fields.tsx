import AttributeEditor from '@cloudscape-design/components/attribute-editor'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ResourceServerForm } from '../../api/resource-server-form.ts'
import type { Draft } from '../../hooks/use-draft.ts'

type Scope = ResourceServerForm['scopes'][number]

/** What a resource server is made of; its identifier stays once it is made. */
export const ResourceServerFields = ({
  draft: { values, set },
  isMade,
}: {
  readonly draft: Draft<ResourceServerForm>
  readonly isMade: boolean
}) => {
  const change = (at: number, changes: Partial<Scope>) =>
    set({ scopes: values.scopes.map((scope, place) => (place === at ? { ...scope, ...changes } : scope)) })
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Resource server</Header>}>
        <SpaceBetween size="l">
          <FormField label="Resource server name" constraintText="Shown to people only.">
            <Input value={values.name} onChange={({ detail }) => set({ name: detail.value })} autoComplete={false} />
          </FormField>
          <FormField
            label="Resource server identifier"
            constraintText={
              isMade ? 'A resource server keeps its identifier.' : 'Stands before its scopes: a URL of the API, or a short name.'
            }
          >
            <Input
              value={values.identifier}
              disabled={isMade}
              placeholder="https://api.example.com"
              onChange={({ detail }) => set({ identifier: detail.value })}
              autoComplete={false}
              spellcheck={false}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Custom scopes</Header>}>
        <AttributeEditor<Scope>
          items={values.scopes}
          empty="No custom scopes yet."
          addButtonText="Add custom scope"
          removeButtonText="Remove"
          removeButtonAriaLabel={({ name }) => `Remove ${name || 'the scope without a name'}`}
          disableAddButton={values.scopes.length >= 100}
          onAddButtonClick={() => set({ scopes: [...values.scopes, { name: '', description: '' }] })}
          onRemoveButtonClick={({ detail }) => set({ scopes: values.scopes.filter((_, at) => at !== detail.itemIndex) })}
          definition={[
            {
              label: 'Scope name',
              control: ({ name }, at) => (
                <Input
                  value={name}
                  placeholder="read"
                  onChange={({ detail }) => change(at, { name: detail.value })}
                  autoComplete={false}
                  spellcheck={false}
                />
              ),
            },
            {
              label: 'Description',
              control: ({ description }, at) => (
                <Input value={description} onChange={({ detail }) => change(at, { description: detail.value })} autoComplete={false} />
              ),
            },
          ]}
        />
      </Container>
    </SpaceBetween>
  )
}
