import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import type { Output } from '../../../../src/model/types.gen.ts'
import { Copyable } from '../../components/copyable.tsx'
import { Moment } from '../../components/moment.tsx'
import { TextList } from '../../components/text-list.tsx'
import { UserEnabled, UserStatus } from '../../components/user-status.tsx'

/** A user as AdminGetUser answers it. */
export type User = NonNullable<Output<'AdminGetUser'>>

/** A user's attribute; undefined when it is not set. */
export const attributeOf = ({ UserAttributes = [] }: User, name: string): string | undefined =>
  UserAttributes.find(({ Name }) => Name === name)?.Value

/** Who the user is, and in which state. */
export const UserSummary = ({ user }: { readonly user: User }) => (
  <Container header={<Header variant="h2">User information</Header>}>
    <KeyValuePairs
      columns={3}
      items={[
        { label: 'User name', value: <Copyable text={user.Username} what="User name" /> },
        { label: 'User ID (sub)', value: <Copyable text={attributeOf(user, 'sub')} what="User ID" /> },
        { label: 'Account status', value: <UserEnabled enabled={user.Enabled} /> },
        { label: 'Confirmation status', value: <UserStatus status={user.UserStatus} /> },
        { label: 'MFA methods', value: <TextList texts={user.UserMFASettingList} /> },
        { label: 'Preferred MFA method', value: user.PreferredMfaSetting ?? '-' },
        { label: 'Created time', value: <Moment at={user.UserCreateDate} /> },
        { label: 'Last updated time', value: <Moment at={user.UserLastModifiedDate} /> },
      ]}
    />
  </Container>
)
