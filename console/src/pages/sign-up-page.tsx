import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import type { SchemaAttributeType } from '../../../src/model/types.gen.ts'
import { TextList } from '../components/text-list.tsx'
import { follow } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { attributeVerification } from '../settings/attribute-verification.tsx'
import { customAttributesOf, requiredAttributesOf } from '../settings/custom-attribute-values.ts'
import { EditSetting } from '../settings/edit-setting.tsx'
import { selfRegistration } from '../settings/self-registration.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'

const path = 'user-pools/:poolId/sign-up'
const settings = [attributeVerification, selfRegistration]

const help = {
  title: 'Sign-up',
  body: (
    <p>
      Who may sign up, what is asked of them, and which addresses are verified. Required attributes are chosen when the pool is made; custom
      attributes can be added later, but neither changed nor removed.
    </p>
  ),
}

const limits = ({ StringAttributeConstraints: text, NumberAttributeConstraints: number }: SchemaAttributeType): string => {
  const [least, most] = [text?.MinLength ?? number?.MinValue, text?.MaxLength ?? number?.MaxValue]
  return least === undefined && most === undefined ? '-' : `${least ?? ''} to ${most ?? ''}`
}

const CustomAttributes = ({ attributes, href }: { readonly attributes: readonly SchemaAttributeType[]; readonly href: string }) => {
  const add = (
    <Button href={href} onFollow={follow}>
      Add custom attribute
    </Button>
  )
  return (
    <Table
      variant="container"
      header={
        <Header variant="h2" counter={`(${attributes.length})`} actions={attributes.length > 0 && add}>
          Custom attributes
        </Header>
      }
      ariaLabels={{ tableLabel: 'Custom attributes' }}
      items={attributes}
      trackBy="Name"
      columnDefinitions={[
        { id: 'name', header: 'Name', cell: ({ Name }) => Name, isRowHeader: true },
        { id: 'type', header: 'Type', cell: ({ AttributeDataType }) => AttributeDataType },
        { id: 'limits', header: 'Min to max', cell: limits },
        { id: 'mutable', header: 'Mutable', cell: ({ Mutable }) => (Mutable === false ? 'No' : 'Yes') },
      ]}
      empty={
        <SpaceBetween size="xs">
          <b>No custom attributes</b>
          {add}
        </SpaceBetween>
      }
    />
  )
}

/** How users of a pool sign up. */
export const SignUpPage = ({ params }: PageProps) => (
  <SettingsPage
    title="Sign-up"
    help={help}
    params={params}
    settings={settings}
    path={path}
    after={({ pool }) => (
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Required attributes</Header>}>
          {requiredAttributesOf(pool).length === 0 ? 'None' : <TextList texts={requiredAttributesOf(pool)} />}
        </Container>
        <CustomAttributes attributes={customAttributesOf(pool)} href={hrefOf(`${path}/custom-attributes/create`, params)} />
      </SpaceBetween>
    )}
  />
)

/** The form of one of its settings. */
export const EditSignUpPage = ({ params }: PageProps) => <EditSetting params={params} settings={settings} path={path} />
