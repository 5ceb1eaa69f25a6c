import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { ConsoleLink } from '../components/console-link.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { useAction } from '../hooks/use-action.ts'
import { useLoad } from '../hooks/use-load.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { EditRisk } from '../settings/edit-risk.tsx'
import { RiskParts } from '../settings/risk-parts.tsx'
import { threatModes, threatModeValues } from '../settings/threat-mode-values.ts'
import { loadRisk, resetRisk, updateRisk } from '../settings/update-risk.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { usePool } from '../shell/pool.tsx'

const path = 'user-pools/:poolId/app-clients/:clientId/threat-protection'

const help = {
  title: 'Threat protection of an app client',
  body: (
    <p>
      Responses of an app client replace all of the pool’s for its users. Whether threat protection is on, and whether it acts or only
      notes, is set for the pool.
    </p>
  ),
}

const targetOf = ({ poolId = '', clientId = '' }: PageProps['params']) => ({ UserPoolId: poolId, ClientId: clientId })

/** What threat protection does at an app client: what the pool says, or settings of its own. */
export const ClientThreatProtectionPage = ({ params }: PageProps) => {
  const target = targetOf(params)
  const load = useLoad((signal) => loadRisk(target, signal), `risk ${target.UserPoolId} ${target.ClientId}`)
  const flashes = useFlashes()
  const [resets, setResets] = useState(false)
  const isInherited = load.value?.isInherited
  const begin = useAction(() => updateRisk(target, () => ({})), {
    failed: 'The app client has no settings of its own yet.',
    done: 'The app client has settings of its own. They begin with the pool’s.',
  })
  const pool = usePool()?.value
  const poolPage = <ConsoleLink href={hrefOf('user-pools/:poolId/threat-protection', params)}>Threat protection</ConsoleLink>
  return (
    <Page
      title="Threat protection"
      help={help}
      onReload={load.reload}
      actions={
        isInherited ? (
          <Button loading={begin.pending} onClick={() => void begin.run().then((done) => done && load.reload())}>
            Use client-level settings
          </Button>
        ) : (
          <Button disabled={isInherited === undefined} onClick={() => setResets(true)}>
            Use the pool’s settings
          </Button>
        )
      }
    >
      <Loaded load={load}>
        {({ risk }) => (
          <>
            <Alert type="info" header={isInherited ? 'This app client follows the pool' : 'This app client has settings of its own'}>
              {isInherited
                ? 'What is shown is set for the pool. Changing a part here gives the app client settings of its own, which begin with the pool’s.'
                : 'None of the pool’s responses counts for users of this app client.'}{' '}
              {pool !== undefined && `Enforcement mode of the pool: ${threatModes[threatModeValues(pool).standard].toLowerCase()}. `}
              The pool’s page: {poolPage}.
            </Alert>
            <RiskParts risk={risk} path={path} params={params} />
          </>
        )}
      </Loaded>
      {resets && (
        <ConfirmDialog
          title="Use the pool’s settings?"
          verb="Use the pool’s settings"
          onConfirm={() => resetRisk(target)}
          onClose={(done) => {
            setResets(false)
            if (!done) return
            flashes.say('The app client follows the pool again.')
            load.reload()
          }}
        >
          The app client’s own responses, messages and exceptions are deleted.
        </ConfirmDialog>
      )}
    </Page>
  )
}

/** The form of one of its parts. */
export const EditClientThreatProtectionPage = ({ params }: PageProps) => <EditRisk target={targetOf(params)} params={params} path={path} />
