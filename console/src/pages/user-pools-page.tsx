import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { pagesOf, type Row } from '../api/paged.ts'
import { ConsoleLink } from '../components/console-link.tsx'
import { Copyable } from '../components/copyable.tsx'
import { Moment } from '../components/moment.tsx'
import { type Column, TablePage } from '../components/table-page.tsx'
import { follow } from '../router/location.ts'
import { hrefOf } from '../router/path.ts'
import { DeletePoolDialog } from '../settings/delete-pool-dialog.tsx'
import { useFlashes } from '../shell/flashes.tsx'

type Pool = Row<'ListUserPools'>

const columns: readonly Column<Pool>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ Id = '', Name }) => <ConsoleLink href={hrefOf('user-pools/:poolId', { poolId: Id })}>{Name}</ConsoleLink>,
    sort: ({ Name = '' }) => Name,
  },
  { id: 'id', header: 'User pool ID', cell: ({ Id }) => <Copyable text={Id} what="User pool ID" />, sort: ({ Id = '' }) => Id },
  {
    id: 'created',
    header: 'Created',
    cell: ({ CreationDate }) => <Moment at={CreationDate} />,
    sort: ({ CreationDate = 0 }) => CreationDate,
  },
  {
    id: 'changed',
    header: 'Last changed',
    cell: ({ LastModifiedDate }) => <Moment at={LastModifiedDate} />,
    sort: ({ LastModifiedDate = 0 }) => LastModifiedDate,
  },
]

const help = {
  title: 'User pools',
  body: (
    <p>
      A user pool is a directory of users, with its own sign-in rules, app clients, groups and pages. Applications reach it with its ID and
      the ID of one of its app clients.
    </p>
  ),
}

/** The user pools of the region. */
export const UserPoolsPage = () => {
  const flashes = useFlashes()
  const [doomed, setDoomed] = useState<{ readonly pool: Pool; readonly reload: () => void }>()
  return (
    <>
      <TablePage
        name="user-pools"
        title="User pools"
        description="Directories of users that your applications sign in."
        help={help}
        load={pagesOf('ListUserPools', {})}
        loadKey="pools"
        rowId={({ Id = '' }) => Id}
        columns={columns}
        findIn={({ Id, Name }) => `${Name} ${Id}`}
        rowActions={(pool, reload) => (
          <Button disabled={pool === undefined} onClick={() => pool && setDoomed({ pool, reload })}>
            Delete
          </Button>
        )}
        createAction={
          <Button variant="primary" href={hrefOf('user-pools/create')} onFollow={follow}>
            Create user pool
          </Button>
        }
        empty={{ title: 'No user pools', text: 'This region has no user pools. Another region may have some: see the menu on top.' }}
      />
      {doomed && (
        <DeletePoolDialog
          poolId={doomed.pool.Id ?? ''}
          name={doomed.pool.Name ?? ''}
          onClose={(deleted) => {
            setDoomed(undefined)
            if (!deleted) return
            flashes.say(`The user pool ${doomed.pool.Name} was deleted.`)
            doomed.reload()
          }}
        />
      )}
    </>
  )
}
