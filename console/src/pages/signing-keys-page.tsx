import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { fetchView } from '../api/view.ts'
import { Copyable } from '../components/copyable.tsx'
import { Page } from '../components/page.tsx'
import { TablePage } from '../components/table-page.tsx'
import type { PageProps } from '../router/page-props.ts'
import { useSession } from '../shell/session-gate.tsx'

interface Jwk {
  readonly kid: string
  readonly alg: string
  readonly kty: string
  readonly n?: string
}

interface Row extends Jwk {
  readonly at: number
}

const help = {
  title: 'Signing keys',
  body: (
    <SpaceBetween size="s">
      <p>
        Tokens are signed by one of two lines of keys: ID tokens by one, access tokens by the other. Applications fetch the public halves
        from the address on this page and keep them.
      </p>
      <p>
        A new key is published before it signs, so that everybody knows it in time, and an old one stays published until every token that it
        signed has expired. The command <code>poolhouse keys rotate</code> makes new keys.
      </p>
    </SpaceBetween>
  ),
}

/** The first two published keys are the current ones, ID tokens first; what else is published is next or retired. */
const stateOf = (at: number): string => (at === 0 ? 'Signs ID tokens' : at === 1 ? 'Signs access tokens' : 'Next or retired')

const sizeOf = (n: string | undefined): string => (n === undefined ? '-' : `${Math.floor((n.length * 6) / 8) * 8} bits`)

const load = (poolId: string) => async (_size: number, _token: string | undefined, signal: AbortSignal) => {
  const { keys } = await fetchView<{ keys: readonly Jwk[] }>('signing-keys', poolId, signal)
  return { rows: keys.map((key, at): Row => ({ ...key, at })), next: undefined }
}

/** The public keys that verify a user pool's tokens. */
export const SigningKeysPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const { publicUrl } = useSession()
  const known = publicUrl === '' ? undefined : `${publicUrl}/${poolId}/.well-known`
  return (
    <Page title="Signing keys" description="The public keys with which applications verify tokens." help={help}>
      <Container header={<Header variant="h2">Addresses</Header>}>
        <KeyValuePairs
          columns={2}
          items={[
            { label: 'Token signing key URL', value: <Copyable text={known && `${known}/jwks.json`} what="Token signing key URL" /> },
            { label: 'Discovery document', value: <Copyable text={known && `${known}/openid-configuration`} what="Discovery document" /> },
          ]}
        />
      </Container>
      <TablePage<Row>
        embedded
        name="signing-keys"
        title="Published keys"
        load={load(poolId)}
        loadKey={`keys ${poolId}`}
        rowId={({ kid }) => kid}
        columns={[
          { id: 'kid', header: 'Key ID (kid)', cell: ({ kid }) => <Copyable text={kid} what="Key ID" /> },
          {
            id: 'state',
            header: 'Use',
            cell: ({ at }) => <StatusIndicator type={at < 2 ? 'success' : 'pending'}>{stateOf(at)}</StatusIndicator>,
            sort: ({ at }) => at,
          },
          { id: 'alg', header: 'Algorithm', cell: ({ alg }) => alg },
          { id: 'size', header: 'Size', cell: ({ n }) => sizeOf(n) },
        ]}
        empty={{ title: 'No keys', text: 'The user pool has signed nothing yet.' }}
      />
      <Box variant="p" color="text-body-secondary">
        Keys that sign nothing now are either next, published before they sign, or retired, published until what they signed has expired.
      </Box>
      {known !== undefined && (
        <Button href={`${known}/jwks.json`} target="_blank" iconName="external" iconAlign="right" ariaLabel="Open the key set in a new tab">
          Open the key set
        </Button>
      )}
    </Page>
  )
}
