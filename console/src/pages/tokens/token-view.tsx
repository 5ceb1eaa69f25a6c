import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { publicBase } from '../../api/public-base.ts'
import { CodeBlock } from '../../components/code-block.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Moment } from '../../components/moment.tsx'
import { useLoad } from '../../hooks/use-load.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useSession } from '../../shell/session-gate.tsx'
import { checkSignature, isUnsigned, type Key, poolOfIssuer, type SignatureVerdict } from './check-signature.ts'
import { claimMoment, claimNote, timeLeft } from './claim-note.ts'
import { type DecodedToken, decodeToken } from './decode-token.ts'

type Signed = Extract<DecodedToken, { kind: 'signed' }>

const keysOf = async (server: string, poolId: string, signal: AbortSignal): Promise<readonly Key[]> => {
  const url = `${server}/${encodeURIComponent(poolId)}/.well-known/jwks.json`
  const answer = await fetch(url, { signal, credentials: 'omit' }).catch((error: unknown) => {
    if (signal.aborted) throw error
    throw new Error(`${new URL(url).origin} does not answer.`)
  })
  if (!answer.ok) throw new Error(`This server has no keys of ${poolId}.`)
  return ((await answer.json()) as { keys: readonly Key[] }).keys
}

const verdicts: Readonly<Record<SignatureVerdict, readonly ['success' | 'error', string]>> = {
  valid: ['success', 'Signature valid'],
  invalid: ['error', 'Signature not valid: the token was changed'],
  'unknown key': ['error', 'The user pool has no key of that kid'],
  unsigned: ['error', 'Dangerous: not signed, so anybody can write it'],
  'other algorithm': ['error', 'Not signed with RS256, as the tokens of user pools are'],
}

const Signature = ({ token }: { readonly token: Signed }) => {
  const server = publicBase(useSession())
  const poolId = poolOfIssuer(token.claims['iss'])
  const check = useLoad(async (signal) => {
    if (isUnsigned(token)) return 'unsigned'
    return poolId === undefined ? 'foreign' : checkSignature(token, await keysOf(server, poolId, signal))
  }, `signature ${token.signed} ${token.signature.join()}`)
  if (check.error !== undefined) return <StatusIndicator type="warning">Signature not checked: {check.error.message}</StatusIndicator>
  if (check.value === undefined) return <StatusIndicator type="loading">Checking the signature</StatusIndicator>
  if (check.value === 'foreign') return <StatusIndicator type="info">Signature not checked: the issuer names no user pool</StatusIndicator>
  const [type, text] = verdicts[check.value]
  return <StatusIndicator type={type}>{text}</StatusIndicator>
}

const Expiry = ({ claims }: Pick<Signed, 'claims'>) => {
  const now = useNow()
  const until = claimMoment('exp', claims['exp'])
  if (until === undefined) return <StatusIndicator type="warning">Does not say when it ends</StatusIndicator>
  return <StatusIndicator type={until > now ? 'success' : 'error'}>{timeLeft(until, now)}</StatusIndicator>
}

const Value = ({ name, value }: { readonly name: string; readonly value: unknown }) => {
  const at = claimMoment(name, value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <span className="wrapped">
      <Box variant="code">{text}</Box> {at !== undefined && <Moment at={at} />}
    </span>
  )
}

const claimsTable = (claims: Readonly<Record<string, unknown>>) => (
  <Table
    variant="embedded"
    contentDensity="compact"
    wrapLines
    ariaLabels={{ tableLabel: 'Claims' }}
    items={Object.entries(claims).map(([name, value]) => ({ name, value }))}
    trackBy="name"
    columnDefinitions={[
      { id: 'name', header: 'Claim', cell: ({ name }) => <Box variant="code">{name}</Box>, isRowHeader: true, minWidth: 110, width: 180 },
      { id: 'value', header: 'Value', cell: (row) => <Value {...row} />, minWidth: 200, width: 360 },
      { id: 'note', header: 'Meaning', cell: ({ name }) => claimNote(name) || '-', minWidth: 200 },
    ]}
  />
)

const uses: Readonly<Record<string, string>> = { id: 'ID token', access: 'Access token' }

const SignedView = ({ token, what, text }: { readonly token: Signed; readonly what: string | undefined; readonly text: string }) => (
  <Container
    header={
      <Header variant="h2" actions={<CopyButton text={text} what={what ?? 'token'} />}>
        {what ?? uses[String(token.claims['token_use'])] ?? 'Token'}
      </Header>
    }
  >
    <SpaceBetween size="m">
      <ColumnLayout columns={2}>
        <Signature token={token} />
        <Expiry claims={token.claims} />
      </ColumnLayout>
      {claimsTable(token.claims)}
      <ExpandableSection headerText="Header and claims as JSON">
        <CodeBlock text={JSON.stringify(token.header, null, 2)} />
        <CodeBlock text={JSON.stringify(token.claims, null, 2)} />
      </ExpandableSection>
    </SpaceBetween>
  </Container>
)

/** What a token says: its claims explained, whether its signature holds, and for how long. The token itself is sent nowhere. */
export const TokenView = ({ text, what }: { readonly text: string; readonly what?: string }) => {
  const token = decodeToken(text)
  if (token.kind === 'no token') {
    return (
      <Alert type="warning" header="This is no JSON Web Token">
        {token.fault}
      </Alert>
    )
  }
  if (token.kind === 'signed') return <SignedView token={token} what={what} text={text} />
  return (
    <Container header={<Header variant="h2">{what ?? 'Encrypted token'}</Header>}>
      <SpaceBetween size="s">
        <StatusIndicator type="info">Encrypted: only the server can open it. Refresh tokens look like this.</StatusIndicator>
        <CodeBlock text={JSON.stringify(token.header, null, 2)} />
      </SpaceBetween>
    </Container>
  )
}
