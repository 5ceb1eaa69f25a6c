import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { type LoadPage, pagesOf, type Row } from '../api/paged.ts'
import { ConsoleLink } from '../components/console-link.tsx'
import { Copyable } from '../components/copyable.tsx'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { Moment } from '../components/moment.tsx'
import { TablePage } from '../components/table-page.tsx'
import { follow, navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'

/** A document with its app client, which the list of the API leaves out. */
type Terms = Row<'ListTerms'> & { readonly clientId: string | undefined; readonly clientName: string | undefined }

const help = {
  title: 'Terms documents',
  body: (
    <p>
      Links to the terms of use and the privacy policy of an app client, in up to 13 languages. Managed login shows them to people who sign
      up once the app client has both.
    </p>
  ),
}

const title: Readonly<Record<string, string>> = { 'terms-of-use': 'Terms of use', 'privacy-policy': 'Privacy policy' }

/** Who may list documents may perhaps not see the app client of each. */
const orNothing = () => undefined

const documents =
  (UserPoolId: string): LoadPage<Terms> =>
  async (size, token, signal) => {
    const { rows, next } = await pagesOf('ListTerms', { UserPoolId })(size, token, signal)
    const clientOf = async ({ TermsId }: Row<'ListTerms'>) =>
      (await call('DescribeTerms', { UserPoolId, TermsId }, signal).catch(orNothing))?.Terms?.ClientId
    const clientIds = await Promise.all(rows.map(clientOf))
    const nameOf = async (ClientId: string) =>
      [
        ClientId,
        (await call('DescribeUserPoolClient', { UserPoolId, ClientId }, signal).catch(orNothing))?.UserPoolClient?.ClientName,
      ] as const
    const names = new Map(await Promise.all([...new Set(clientIds.filter((id) => id !== undefined))].map(nameOf)))
    return { rows: rows.map((row, at) => ({ ...row, clientId: clientIds[at], clientName: names.get(clientIds[at] ?? '') })), next }
  }

/** The terms documents of a user pool's app clients. */
export const TermsPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const flashes = useFlashes()
  const [doomed, setDoomed] = useState<{ readonly terms: Terms; readonly reload: () => void }>()
  const editHref = (termsId: string) => hrefOf('user-pools/:poolId/terms/:termsId', { poolId, termsId })
  const clientHref = (clientId: string) => hrefOf('user-pools/:poolId/app-clients/:clientId', { poolId, clientId })
  const createHref = hrefOf('user-pools/:poolId/terms/create', { poolId })
  return (
    <>
      <TablePage
        name="terms"
        title="Terms documents"
        description="Terms of use and privacy policies that people see when they sign up."
        help={help}
        load={documents(poolId)}
        loadKey={`terms ${poolId}`}
        rowId={({ TermsId }) => TermsId}
        columns={[
          {
            id: 'name',
            header: 'Document',
            cell: ({ TermsId, TermsName }: Terms) => <ConsoleLink href={editHref(TermsId)}>{title[TermsName] ?? TermsName}</ConsoleLink>,
            sort: ({ TermsName }: Terms) => TermsName,
          },
          {
            id: 'client',
            header: 'App client',
            cell: ({ clientId, clientName }: Terms) =>
              clientId === undefined ? '-' : <ConsoleLink href={clientHref(clientId)}>{clientName ?? clientId}</ConsoleLink>,
            sort: ({ clientName }: Terms) => clientName ?? '',
          },
          {
            id: 'created',
            header: 'Created',
            cell: ({ CreationDate }: Terms) => <Moment at={CreationDate} />,
            sort: (row) => row.CreationDate,
          },
          {
            id: 'modified',
            header: 'Last changed',
            cell: ({ LastModifiedDate }: Terms) => <Moment at={LastModifiedDate} />,
            sort: (row) => row.LastModifiedDate,
          },
          { id: 'id', header: 'Terms ID', cell: ({ TermsId }: Terms) => <Copyable text={TermsId} what="Terms ID" /> },
        ]}
        findIn={({ TermsId, TermsName, clientName = '' }) => `${title[TermsName] ?? ''} ${TermsName} ${clientName} ${TermsId}`}
        rowActions={(terms, reload) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={terms === undefined} onClick={() => terms && setDoomed({ terms, reload })}>
              Delete
            </Button>
            <Button disabled={terms === undefined} onClick={() => terms && void navigate(editHref(terms.TermsId))}>
              Edit
            </Button>
          </SpaceBetween>
        )}
        createAction={
          <Button variant="primary" href={createHref} onFollow={follow}>
            Create terms document
          </Button>
        }
        empty={{ title: 'No terms documents', text: 'Nobody has to read anything when they sign up.' }}
      />
      {doomed && (
        <DeleteDialog
          what="terms document"
          name={doomed.terms.TermsName}
          onDelete={() => call('DeleteTerms', { UserPoolId: poolId, TermsId: doomed.terms.TermsId })}
          onClose={(deleted) => {
            setDoomed(undefined)
            if (!deleted) return
            flashes.say(`The terms document ${doomed.terms.TermsName} of ${doomed.terms.clientName ?? doomed.terms.clientId} was deleted.`)
            doomed.reload()
          }}
        >
          People who sign up through the app client {doomed.terms.clientName ?? doomed.terms.clientId} no longer see a link to it.
        </DeleteDialog>
      )}
    </>
  )
}
