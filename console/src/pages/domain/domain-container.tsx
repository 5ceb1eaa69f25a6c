import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { pagesUrl } from '../../../../src/domain/pool-url.ts'
import type { DomainDescriptionType } from '../../../../src/model/types.gen.ts'
import { Copyable } from '../../components/copyable.tsx'
import { follow } from '../../router/location.ts'
import { hrefOf } from '../../router/path.ts'
import { useSession } from '../../shell/session-gate.tsx'

/** One of a pool's domains, or how to get it. */
export interface DomainContainerProps {
  readonly poolId: string
  readonly kind: 'cognito' | 'custom'
  readonly domain: DomainDescriptionType | undefined
  readonly onEdit: () => void
  readonly onDelete: () => void
}

const words = {
  cognito: { title: 'Cognito domain', none: 'This user pool has no Cognito domain.', create: 'Create Cognito domain' },
  custom: { title: 'Custom domain', none: 'This user pool has no custom domain.', create: 'Create custom domain' },
} as const

const Details = ({ poolId, domain }: { readonly poolId: string; readonly domain: DomainDescriptionType }) => {
  const { publicUrl } = useSession()
  const { Domain = '', CustomDomainConfig, ManagedLoginVersion = 1, Status, CloudFrontDistribution } = domain
  const [region = ''] = poolId.split('_')
  const url = publicUrl === '' ? undefined : pagesUrl(publicUrl, region, { uid: '', Domain, ManagedLoginVersion, CustomDomainConfig })
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: 'Domain', value: <Copyable text={Domain} what="Domain" /> },
        { label: 'Address of the pages', value: <Copyable text={url} what="Address" /> },
        { label: 'Branding version', value: ManagedLoginVersion === 2 ? 'Managed login' : 'Hosted UI (classic)' },
        { label: 'Status', value: <StatusIndicator type={Status === 'FAILED' ? 'error' : 'success'}>{Status ?? '-'}</StatusIndicator> },
        ...(CustomDomainConfig?.CertificateArn === undefined
          ? []
          : [
              { label: 'Alias target', value: <Copyable text={CloudFrontDistribution} what="Alias target" /> },
              { label: 'ACM certificate', value: <Copyable text={CustomDomainConfig.CertificateArn} what="Certificate" /> },
            ]),
      ]}
    />
  )
}

/** Shows one of a pool's domains with what can be done to it. */
export const DomainContainer = ({ poolId, kind, domain, onEdit, onDelete }: DomainContainerProps) => {
  const { title, none, create } = words[kind]
  const createButton = (
    <Button href={`${hrefOf('user-pools/:poolId/domain/create', { poolId })}?kind=${kind}`} onFollow={follow}>
      {create}
    </Button>
  )
  const actions = domain && (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={onDelete} ariaLabel={`Delete ${title}`}>
        Delete
      </Button>
      <Button onClick={onEdit} ariaLabel={`Edit ${title}`}>
        Edit
      </Button>
    </SpaceBetween>
  )
  return (
    <Container
      header={
        <Header variant="h2" actions={actions}>
          {title}
        </Header>
      }
    >
      {domain === undefined ? (
        <Box textAlign="center">
          <SpaceBetween size="xs">
            <Box variant="p">{none}</Box>
            {createButton}
          </SpaceBetween>
        </Box>
      ) : (
        <Details poolId={poolId} domain={domain} />
      )}
    </Container>
  )
}
