import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useState } from 'react'
import { call } from '../api/call.ts'
import { domainNameFault, newDomainFault, newDomainInput, noDomain } from '../api/new-domain.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { useDraft } from '../hooks/use-draft.ts'
import { useLoad } from '../hooks/use-load.ts'
import { useLocation } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { usePool } from '../shell/pool.tsx'
import { VersionChoice } from './domain/version-choice.tsx'

/** Long enough that nobody who types is asked for at every letter. */
const pause = 300

/** Whether a pool of the region has the name already; undefined while nothing is known. */
const useIsTaken = (region: string, name: string, isSound: boolean): boolean | undefined => {
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(name), pause)
    return () => clearTimeout(timer)
  }, [name])
  const wanted = isSound && asked === name ? asked : ''
  const load = useLoad(
    async (signal) =>
      wanted === ''
        ? undefined
        : (await call('DescribeUserPoolDomain', { Domain: wanted }, signal, region)).DomainDescription?.Domain !== undefined,
    `domain ${region} ${wanted}`,
  )
  return load.value
}

/** Gives a user pool a prefix, or with `?kind=custom` a domain of its own. */
export const CreateDomainPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const kind = useLocation().searchParams.get('kind') === 'custom' ? 'custom' : 'cognito'
  const pool = usePool()
  const draft = useDraft(`create-domain-${kind}`, noDomain)
  const { values, set } = draft
  const fault = domainNameFault(kind, values.name)
  const taken = useIsTaken(poolId.split('_')[0] ?? '', values.name, values.name !== '' && fault === undefined)
  const errorText = fault ?? (taken ? 'Domain already associated with another user pool.' : undefined)
  return (
    <DraftForm
      draft={draft}
      title={kind === 'custom' ? 'Create custom domain' : 'Create Cognito domain'}
      submit="Create"
      saved={`The domain ${values.name} was created.`}
      back={hrefOf('user-pools/:poolId/domain', { poolId })}
      fault={newDomainFault(kind, values)}
      onSubmit={() => call('CreateUserPoolDomain', newDomainInput(poolId, kind, values))}
      onSaved={() => pool?.reload()}
    >
      <Container header={<Header variant="h2">Domain</Header>}>
        <SpaceBetween size="l">
          <FormField
            label={kind === 'custom' ? 'Custom domain' : 'Cognito domain'}
            description={
              kind === 'custom'
                ? 'A name whose DNS record points to this server, e.g. auth.example.com.'
                : 'The first part of the host name below the server’s own.'
            }
            constraintText={
              taken === false ? 'This name is free.' : 'Lower-case letters, numbers and hyphens; not the words aws, amazon or cognito.'
            }
            errorText={errorText}
          >
            <Input value={values.name} onChange={({ detail }) => set({ name: detail.value })} spellcheck={false} autoComplete={false} />
          </FormField>
          {kind === 'custom' && (
            <FormField
              label="ACM certificate ARN"
              description="Kept for the API. The server's own TLS settings say which certificate it shows."
              constraintText="e.g. arn:aws:acm:us-east-1:123456789012:certificate/…"
            >
              <Input
                value={values.certificateArn}
                onChange={({ detail }) => set({ certificateArn: detail.value })}
                spellcheck={false}
                autoComplete={false}
              />
            </FormField>
          )}
          <FormField label="Branding version" stretch>
            <VersionChoice value={values.version} onChange={(version) => set({ version })} />
          </FormField>
        </SpaceBetween>
      </Container>
    </DraftForm>
  )
}
