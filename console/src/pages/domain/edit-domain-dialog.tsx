import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import type { DomainDescriptionType } from '../../../../src/model/types.gen.ts'
import { call } from '../../api/call.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { VersionChoice } from './version-choice.tsx'

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
  const { Domain = '', CustomDomainConfig } = domain
  const [version, setVersion] = useState(domain.ManagedLoginVersion ?? 1)
  const [arn, setArn] = useState(CustomDomainConfig?.CertificateArn ?? '')
  const save = () =>
    call('UpdateUserPoolDomain', {
      UserPoolId: poolId,
      Domain,
      ManagedLoginVersion: version,
      ...(CustomDomainConfig !== undefined && { CustomDomainConfig: { ...CustomDomainConfig, CertificateArn: arn } }),
    })
  return (
    <ConfirmDialog
      title={`Edit ${Domain}`}
      verb="Save changes"
      isDisabled={CustomDomainConfig !== undefined && arn === ''}
      onConfirm={save}
      onClose={onClose}
    >
      <FormField label="Branding version" stretch>
        <VersionChoice value={version} onChange={setVersion} />
      </FormField>
      {CustomDomainConfig !== undefined && (
        <FormField
          label="ACM certificate ARN"
          description="Kept for the API. The server's own TLS settings say which certificate it shows."
        >
          <Input value={arn} onChange={({ detail }) => setArn(detail.value)} spellcheck={false} autoComplete={false} />
        </FormField>
      )}
    </ConfirmDialog>
  )
}
