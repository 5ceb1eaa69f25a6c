import Alert from '@cloudscape-design/components/alert'
import { ConsoleLink } from '../components/console-link.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { useLoad } from '../hooks/use-load.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { EditRisk } from '../settings/edit-risk.tsx'
import { EditSetting } from '../settings/edit-setting.tsx'
import { RiskParts, riskParts } from '../settings/risk-parts.tsx'
import { SettingContainer } from '../settings/setting-container.tsx'
import { threatEnforcement } from '../settings/threat-enforcement.tsx'
import { loadRisk } from '../settings/update-risk.ts'
import { useNow } from '../settings/use-now.ts'

const path = 'user-pools/:poolId/threat-protection'

const help = {
  title: 'Threat protection',
  body: (
    <>
      <p>
        Judges sign-ins by the user’s own history and passwords by lists of compromised ones, notes what it finds among the user’s sign-in
        events, and answers with what is set here.
      </p>
      <p>An app client can have responses of its own: they replace all of these for its users.</p>
    </>
  ),
}

/** Threat protection of a pool: how far it goes, and what it does. */
export const ThreatProtectionPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '' } = params
  const now = useNow(UserPoolId)
  const responses = useLoad((signal) => loadRisk({ UserPoolId }, signal), `risk ${UserPoolId}`)
  const value = now.value && responses.value ? { ...now.value, risk: responses.value.risk } : undefined
  const reload = () => {
    now.reload()
    responses.reload()
  }
  return (
    <Page title="Threat protection" help={help} onReload={reload}>
      <Loaded load={{ value, error: now.error ?? responses.error, loading: now.loading || responses.loading, reload }}>
        {({ pool, mfa, risk }) => (
          <>
            {pool.UserPoolTier !== 'PLUS' && (
              <Alert type="info" header="Threat protection needs the Plus plan">
                Choose it in{' '}
                <ConsoleLink href={hrefOf('user-pools/:poolId/settings/:setting', { ...params, setting: 'plan' })}>
                  Feature plan
                </ConsoleLink>
                . Responses can be set before, and count from when threat protection is on.
              </Alert>
            )}
            <SettingContainer setting={threatEnforcement} now={{ pool, mfa }} href={hrefOf(`${path}/${threatEnforcement.id}`, params)} />
            <RiskParts risk={risk} path={path} params={params} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** The form of one of its parts. */
export const EditThreatProtectionPage = ({ params }: PageProps) =>
  riskParts.some(({ id }) => id === params['setting']) ? (
    <EditRisk target={{ UserPoolId: params['poolId'] ?? '' }} params={params} path={path} />
  ) : (
    <EditSetting params={params} settings={[threatEnforcement]} path={path} />
  )
