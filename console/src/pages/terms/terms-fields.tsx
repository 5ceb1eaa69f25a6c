import AttributeEditor from '@cloudscape-design/components/attribute-editor'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type TermsForm, termsLanguages } from '../../api/terms-form.ts'
import { ClientChoice } from '../../components/client-choice.tsx'
import type { Draft } from '../../hooks/use-draft.ts'

const names = [
  { value: 'terms-of-use', label: 'Terms of use' },
  { value: 'privacy-policy', label: 'Privacy policy' },
]

const languageOption = (language: string) => ({ value: language, label: language.replace('cognito:', '') })

/** Which document it is and its links; `isNew` also asks for the app client. */
export const TermsFields = ({
  poolId,
  draft,
  isNew,
}: {
  readonly poolId: string
  readonly draft: Draft<TermsForm>
  readonly isNew: boolean
}) => {
  const { values, set } = draft
  const change = (at: number, changed: Partial<TermsForm['links'][number]>) =>
    set({ links: values.links.map((link, index) => (index === at ? { ...link, ...changed } : link)) })
  const unused = termsLanguages.find((language) => values.links.every((link) => link.language !== language))
  return (
    <Container header={<Header variant="h2">Terms document</Header>}>
      <SpaceBetween size="l">
        {isNew && <ClientChoice poolId={poolId} value={values.clientId} onChange={(clientId) => set({ clientId })} />}
        <FormField label="Document" description="The sign-up page shows links once the app client has both documents.">
          <Select
            selectedOption={names.find(({ value }) => value === values.name) ?? { value: values.name, label: values.name }}
            onChange={({ detail }) => set({ name: detail.selectedOption.value ?? '' })}
            options={names}
          />
        </FormField>
        <AttributeEditor
          items={values.links}
          addButtonText="Add language"
          removeButtonText="Remove"
          removeButtonAriaLabel={({ language }) => `Remove the link for ${languageOption(language).label}`}
          disableAddButton={unused === undefined}
          isItemRemovable={({ language }) => language !== 'cognito:default'}
          onAddButtonClick={() => set({ links: [...values.links, { language: unused ?? '', url: '' }] })}
          onRemoveButtonClick={({ detail }) => set({ links: values.links.filter((_, at) => at !== detail.itemIndex) })}
          empty="No links."
          definition={[
            {
              label: 'Language',
              control: ({ language }, at) => (
                <Select
                  selectedOption={languageOption(language)}
                  onChange={({ detail }) => change(at, { language: detail.selectedOption.value ?? '' })}
                  options={termsLanguages.map(languageOption)}
                  disabled={language === 'cognito:default'}
                />
              ),
            },
            {
              label: 'URL',
              control: ({ url }, at) => (
                <Input
                  value={url}
                  type="url"
                  placeholder="https://example.com/terms"
                  onChange={({ detail }) => change(at, { url: detail.value })}
                />
              ),
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  )
}
