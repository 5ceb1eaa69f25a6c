import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import type { UserPoolClientType } from '../../../../src/model/types.gen.ts'
import { follow } from '../../router/location.ts'

/** Which attributes an app client may read and write. */
export const AttributePermissions = ({ client, editHref }: { readonly client: UserPoolClientType; readonly editHref: string }) => (
  <Container
    header={
      <Header
        variant="h2"
        actions={
          <Button href={editHref} onFollow={follow} ariaLabel="Edit attribute permissions">
            Edit
          </Button>
        }
      >
        Attribute permissions
      </Header>
    }
  >
    <KeyValuePairs
      columns={2}
      items={[
        { label: 'Readable', value: client.ReadAttributes?.join(', ') ?? 'every attribute' },
        { label: 'Writable', value: client.WriteAttributes?.join(', ') ?? 'every attribute that users may change' },
      ]}
    />
  </Container>
)
