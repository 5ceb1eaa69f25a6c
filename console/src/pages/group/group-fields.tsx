import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import type { GroupForm } from '../../api/group-form.ts'
import { FaultField } from '../../components/fault-field.tsx'
import type { Draft } from '../../hooks/use-draft.ts'

/** What a group is made of; its name stays once it is made. */
export const GroupFields = ({ draft: { values, set }, isMade }: { readonly draft: Draft<GroupForm>; readonly isMade: boolean }) => (
  <Container header={<Header variant="h2">Group information</Header>}>
    <SpaceBetween size="l">
      <FaultField
        field="name"
        label="Group name"
        constraintText={isMade ? 'A group keeps its name.' : 'Up to 128 characters without spaces.'}
      >
        <Input
          value={values.name}
          disabled={isMade}
          onChange={({ detail }) => set({ name: detail.value })}
          autoComplete={false}
          spellcheck={false}
        />
      </FaultField>
      <FormField label="Description - optional">
        <Textarea value={values.description} rows={3} onChange={({ detail }) => set({ description: detail.value })} />
      </FormField>
      <FaultField field="roleArn" label="IAM role - optional" description="The ARN of a role, named in tokens as cognito:roles.">
        <Input
          value={values.roleArn}
          placeholder="arn:aws:iam::000000000000:role/editors"
          onChange={({ detail }) => set({ roleArn: detail.value })}
          autoComplete={false}
          spellcheck={false}
        />
      </FaultField>
      <FaultField
        field="precedence"
        label="Precedence - optional"
        description="Of a user's groups the one with the lowest number says the preferred role."
      >
        <Input
          value={values.precedence}
          inputMode="numeric"
          onChange={({ detail }) => set({ precedence: detail.value })}
          autoComplete={false}
        />
      </FaultField>
    </SpaceBetween>
  </Container>
)
