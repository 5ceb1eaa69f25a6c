import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { operatorName } from '../../../src/domain/operator-account.ts'
import { newOperatorFault, noOperator, policyOf } from '../api/new-operator.ts'
import { createOperator, type SetUpLink } from '../api/operators.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { Page } from '../components/page.tsx'
import { useDraft } from '../hooks/use-draft.ts'
import { follow } from '../router/location.ts'
import { hrefOf } from '../router/path.ts'
import { RightsFields } from './operators/rights-fields.tsx'
import { SetUpLinkView } from './operators/set-up-link-view.tsx'

const help = {
  title: 'Create operator',
  body: (
    <p>
      The new operator gets a link, chooses a password and an authenticator app there, and may then do what the role says. The same on the
      server: <code>poolhouse operator create NAME --role support</code>.
    </p>
  ),
}

/** Makes an operator and shows the set-up link. */
export const CreateOperatorPage = () => {
  const draft = useDraft('create-operator', noOperator)
  const [made, setMade] = useState<{ readonly name: string; readonly link: SetUpLink }>()
  const name = operatorName(draft.values.name)
  const operators = hrefOf('operators')
  if (made !== undefined)
    return (
      <Page
        title={`Operator ${made.name} was created`}
        actions={
          <Button variant="primary" href={operators} onFollow={follow}>
            Done
          </Button>
        }
      >
        <Container header={<Header variant="h2">Set-up link</Header>}>
          <SetUpLinkView name={made.name} made={made.link} />
        </Container>
      </Page>
    )
  return (
    <DraftForm
      draft={draft}
      title="Create operator"
      help={help}
      submit="Create operator"
      fault={newOperatorFault(draft.values)}
      back={operators}
      // The link is told only once, so the page stays to show it.
      next={() => undefined}
      onSaved={(link) => setMade({ name, link })}
      onSubmit={() => {
        const read = policyOf(draft.values)
        if ('fault' in read) throw new Error(read.fault)
        return createOperator(name, read.document)
      }}
    >
      <Container header={<Header variant="h2">Operator</Header>}>
        <FormField
          label="Name"
          description="With this the operator signs in, and it stands in the audit log."
          constraintText="Letters, digits and . @ _ -, at most 64. Small and capital letters are the same."
        >
          <Input
            value={draft.values.name}
            onChange={({ detail }) => draft.set({ name: detail.value })}
            autoComplete={false}
            spellcheck={false}
            disableBrowserAutocorrect
          />
        </FormField>
      </Container>
      <RightsFields draft={draft} />
    </DraftForm>
  )
}
