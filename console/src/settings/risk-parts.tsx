import SpaceBetween from '@cloudscape-design/components/space-between'
import { hrefOf } from '../router/path.ts'
import { adaptiveAuthentication } from './adaptive-authentication.tsx'
import { compromisedCredentials } from './compromised-credentials.tsx'
import { ipExceptions } from './ip-exceptions.tsx'
import type { Risk } from './risk.ts'
import type { RiskPart } from './risk-part.ts'
import { SettingContainer } from './setting-container.tsx'

/** The groups of responses, in the order of the pages. */
export const riskParts: readonly RiskPart[] = [compromisedCredentials, adaptiveAuthentication, ipExceptions]

/** What threat protection does, each group with its Edit button; forms stand below `path`. */
export const RiskParts = ({
  risk,
  path,
  params,
}: {
  readonly risk: Risk
  readonly path: string
  readonly params: Readonly<Record<string, string>>
}) => (
  <SpaceBetween size="l">
    {riskParts.map((part) => (
      <SettingContainer key={part.id} setting={part} now={risk} href={hrefOf(`${path}/${part.id}`, params)} />
    ))}
  </SpaceBetween>
)
