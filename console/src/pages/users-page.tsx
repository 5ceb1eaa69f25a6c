import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import type { UserType } from '../../../src/model/types.gen.ts'
import { findUsers } from '../api/find-users.ts'
import { searchable } from '../api/search-filter.ts'
import { ConsoleLink } from '../components/console-link.tsx'
import { Moment } from '../components/moment.tsx'
import { type Column, TablePage } from '../components/table-page.tsx'
import { UserSearch } from '../components/user-search.tsx'
import { UserEnabled, UserStatus } from '../components/user-status.tsx'
import { follow, useLocation } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { setQuery } from '../router/set-query.ts'
import { usePool } from '../shell/pool.tsx'

/** A user's attribute. */
const attribute = ({ Attributes = [] }: UserType, name: string): string => Attributes.find(({ Name }) => Name === name)?.Value ?? ''

const columnsOf = (poolId: string): readonly Column<UserType>[] => [
  {
    id: 'username',
    header: 'User name',
    cell: ({ Username: username = '' }) => (
      <ConsoleLink href={hrefOf('user-pools/:poolId/users/:username', { poolId, username })}>{username}</ConsoleLink>
    ),
    sort: ({ Username = '' }) => Username,
    maxWidth: 240,
  },
  {
    id: 'email',
    header: 'Email address',
    cell: (user) => attribute(user, 'email') || '-',
    sort: (user) => attribute(user, 'email'),
    maxWidth: 240,
  },
  { id: 'email-verified', header: 'Email verified', cell: (user) => (attribute(user, 'email_verified') === 'true' ? 'Yes' : 'No') },
  { id: 'phone', header: 'Phone number', cell: (user) => attribute(user, 'phone_number') || '-', isHidden: true },
  { id: 'name', header: 'Name', cell: (user) => attribute(user, 'name') || '-', sort: (user) => attribute(user, 'name'), isHidden: true },
  ...(['given_name', 'family_name', 'preferred_username'] as const).map(
    (name): Column<UserType> => ({
      id: name,
      header: searchable[name] ?? name,
      cell: (user) => attribute(user, name) || '-',
      sort: (user) => attribute(user, name),
      isHidden: true,
    }),
  ),
  { id: 'sub', header: 'Sub', cell: (user) => attribute(user, 'sub'), isHidden: true },
  {
    id: 'status',
    header: 'Confirmation status',
    cell: ({ UserStatus: status }) => <UserStatus status={status} />,
    sort: ({ UserStatus: status = '' }) => status,
  },
  { id: 'enabled', header: 'Status', cell: ({ Enabled }) => <UserEnabled enabled={Enabled} />, sort: ({ Enabled }) => String(Enabled) },
  {
    id: 'created',
    header: 'Created',
    cell: ({ UserCreateDate }) => <Moment at={UserCreateDate} />,
    sort: ({ UserCreateDate = 0 }) => UserCreateDate,
  },
  {
    id: 'changed',
    header: 'Last changed',
    cell: ({ UserLastModifiedDate }) => <Moment at={UserLastModifiedDate} />,
    sort: ({ UserLastModifiedDate = 0 }) => UserLastModifiedDate,
    isHidden: true,
  },
]

const help = {
  title: 'Users',
  body: (
    <p>
      Type the beginning of a user name, e-mail address, phone number or name, or a whole sub, to search all of them at once; or choose one
      attribute. The server searches by an index, so a pool of a million users answers as fast as a small one.
    </p>
  ),
}

/** The users of a pool, with a search by indexed attributes that stands in the address. */
export const UsersPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const filter = useLocation().searchParams.get('find') ?? ''
  const [columns] = useState(() => columnsOf(poolId))
  return (
    <TablePage
      name="users"
      title="Users"
      help={help}
      load={findUsers(poolId, filter)}
      loadKey={`${poolId} ${filter}`}
      rowId={({ Username = '' }) => Username}
      columns={columns}
      total={usePool()?.value?.EstimatedNumberOfUsers}
      filter={<UserSearch value={filter} onChange={(find) => setQuery({ find })} />}
      createAction={
        <Button variant="primary" href={hrefOf('user-pools/:poolId/users/create', { poolId })} onFollow={follow}>
          Create user
        </Button>
      }
      isFiltered={filter !== ''}
      onClearFilter={() => setQuery({ find: '' })}
      empty={{ title: 'No users', text: 'Nobody has signed up yet, and no administrator has created a user.' }}
    />
  )
}
