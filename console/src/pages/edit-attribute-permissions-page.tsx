import Checkbox from '@cloudscape-design/components/checkbox'
import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import type { SchemaAttributeType, UserPoolClientType } from '../../../src/model/types.gen.ts'
import { type AttributeChoice, attributeChoices, permissionChanges, permissionsFault, permissionsOf } from '../api/attribute-permissions.ts'
import { call } from '../api/call.ts'
import { changeClient } from '../api/change-client.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { LoadedForm } from '../components/loaded-form.tsx'
import { useDraft } from '../hooks/use-draft.ts'
import { useLoad } from '../hooks/use-load.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'

const help = {
  title: 'Attribute permissions',
  body: (
    <p>
      An application sees the attributes that it may read, in ID tokens and from GetUser, and users change through it those that it may
      write. Attributes that the pool requires are always writable; verified marks never are.
    </p>
  ),
}

const changed = (names: readonly string[], name: string, isIn: boolean): readonly string[] =>
  [...names.filter((one) => one !== name), ...(isIn ? [name] : [])].sort()

const Edit = ({
  params,
  client,
  schema,
}: PageProps & { readonly client: UserPoolClientType; readonly schema: readonly SchemaAttributeType[] }) => {
  const { poolId = '', clientId = '' } = params
  const choices = attributeChoices(schema)
  const draft = useDraft('attribute-permissions', permissionsOf(client, choices))
  const { read, write } = draft.values
  return (
    <DraftForm
      draft={draft}
      title="Edit attribute read and write permissions"
      help={help}
      submit="Save changes"
      fault={permissionsFault(draft.values)}
      saved="The attribute permissions of the app client were changed."
      back={hrefOf('user-pools/:poolId/app-clients/:clientId', params)}
      onSubmit={() => changeClient(poolId, clientId, () => permissionChanges(draft))}
    >
      <Table<AttributeChoice>
        variant="container"
        header={
          <Header variant="h2" counter={`(${choices.length})`}>
            Attributes
          </Header>
        }
        ariaLabels={{ tableLabel: 'Attributes' }}
        items={choices}
        trackBy="name"
        columnDefinitions={[
          { id: 'name', header: 'Attribute', cell: ({ name }) => name, isRowHeader: true },
          {
            id: 'read',
            header: 'Read',
            cell: ({ name }) => (
              <Checkbox
                ariaLabel={`Read ${name}`}
                checked={read.includes(name)}
                onChange={({ detail }) => draft.set({ read: changed(read, name, detail.checked) })}
              />
            ),
          },
          {
            id: 'write',
            header: 'Write',
            cell: ({ name, canWrite, mustWrite }) => (
              <Checkbox
                ariaLabel={`Write ${name}`}
                checked={write.includes(name)}
                disabled={!canWrite || (mustWrite && write.includes(name))}
                onChange={({ detail }) => draft.set({ write: changed(write, name, detail.checked) })}
              />
            ),
          },
          { id: 'note', header: 'Note', cell: ({ canWrite, mustWrite }) => (mustWrite ? 'Required' : canWrite ? '' : 'Never writable') },
        ]}
      />
    </DraftForm>
  )
}

/** Changes which attributes an app client may read and write. */
export const EditAttributePermissionsPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', clientId: ClientId = '' } = params
  const load = useLoad(async (signal) => {
    const [{ UserPoolClient: client = {} }, { UserPool }] = await Promise.all([
      call('DescribeUserPoolClient', { UserPoolId, ClientId }, signal),
      call('DescribeUserPool', { UserPoolId }, signal),
    ])
    return { client, schema: UserPool?.SchemaAttributes ?? [] }
  }, `attribute permissions ${UserPoolId} ${ClientId}`)
  return (
    <LoadedForm title="Edit attribute read and write permissions" load={load}>
      {({ client, schema }) => <Edit params={params} client={client} schema={schema} />}
    </LoadedForm>
  )
}
