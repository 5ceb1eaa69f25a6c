import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { isCustomDomain } from '../../../../src/domain/pool-domain.ts'
import type { DomainDescriptionType } from '../../../../src/model/types.gen.ts'
import { call } from '../../api/call.ts'
import { rebased } from '../../api/rebased.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { VersionChoice } from './version-choice.tsx'

const formOf = ({ ManagedLoginVersion: version = 1, CustomDomainConfig }: DomainDescriptionType) => ({
  version,
  arn: CustomDomainConfig?.CertificateArn ?? '',
})

/** Changes the version of a domain's pages, and a custom domain's certificate. */
export const EditDomainDialog = ({
  poolId,
  domain,
  onClose,
}: {
  readonly poolId: string
  readonly domain: DomainDescriptionType
  readonly onClose: (done: boolean) => void
}) => {
  const { Domain = '' } = domain
  const [start] = useState(() => formOf(domain))
  const [values, setValues] = useState(start)
  const { version, arn } = values
  const save = async () => {
    const { DomainDescription: now = domain } = await call('DescribeUserPoolDomain', { Domain }, undefined, poolId.split('_', 1)[0])
    const next = rebased({ start, values }, formOf(now))
    await call('UpdateUserPoolDomain', {
      UserPoolId: poolId,
      Domain,
      ManagedLoginVersion: next.version,
      ...(isCustomDomain(now) && { CustomDomainConfig: { ...now.CustomDomainConfig, CertificateArn: next.arn } }),
    })
  }
  return (
    <ConfirmDialog
      title={`Edit ${Domain}`}
      verb="Save changes"
      isDisabled={isCustomDomain(domain) && arn === ''}
      onConfirm={save}
      onClose={onClose}
    >
      <FormField label="Branding version" stretch>
        <VersionChoice value={version} onChange={(next) => setValues({ version: next, arn })} />
      </FormField>
      {isCustomDomain(domain) && (
        <FormField
          label="ACM certificate ARN"
          description="Kept for the API. The server's own TLS settings say which certificate it shows."
        >
          <Input value={arn} onChange={({ detail }) => setValues({ version, arn: detail.value })} spellcheck={false} autoComplete={false} />
        </FormField>
      )}
    </ConfirmDialog>
  )
}
