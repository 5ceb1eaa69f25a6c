import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { LongText } from '../../components/long-text.tsx'
import { follow } from '../../router/location.ts'
import { hrefOf } from '../../router/path.ts'
import { attributeOf, type User } from './user-summary.tsx'

const Verified = ({ user, name }: { readonly user: User; readonly name: string }) => {
  if (name !== 'email' && name !== 'phone_number') return '-'
  const isVerified = attributeOf(user, `${name}_verified`) === 'true'
  return <StatusIndicator type={isVerified ? 'success' : 'pending'}>{isVerified ? 'Verified' : 'Not verified'}</StatusIndicator>
}

/** A user's attributes, and the way to change them. */
export const UserAttributes = ({ poolId, username, user }: { readonly poolId: string; readonly username: string; readonly user: User }) => {
  const shown = (user.UserAttributes ?? []).filter(({ Name }) => Name !== 'email_verified' && Name !== 'phone_number_verified')
  return (
    <Table
      variant="container"
      header={
        <Header
          variant="h2"
          counter={`(${shown.length})`}
          actions={
            <Button href={hrefOf('user-pools/:poolId/users/:username/edit', { poolId, username })} onFollow={follow}>
              Edit
            </Button>
          }
        >
          User attributes
        </Header>
      }
      ariaLabels={{ tableLabel: 'User attributes' }}
      items={[...shown].sort((a, b) => a.Name.localeCompare(b.Name))}
      trackBy="Name"
      columnDefinitions={[
        { id: 'name', header: 'Attribute name', cell: ({ Name }) => Name, isRowHeader: true },
        { id: 'value', header: 'Value', cell: ({ Name, Value }) => <LongText text={Value} what={Name} /> },
        { id: 'verified', header: 'Verification', cell: ({ Name }) => <Verified user={user} name={Name} /> },
      ]}
      empty="The user has no attributes."
    />
  )
}
