import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { unmappedFunctions } from '../api/unmapped-functions.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { ConsoleLink } from '../components/console-link.tsx'
import { Copyable } from '../components/copyable.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { TablePage } from '../components/table-page.tsx'
import { follow } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { type SetTrigger, setTriggers, withoutTrigger } from '../settings/trigger-values.ts'
import { updatePool } from '../settings/update-pool.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { usePool } from '../shell/pool.tsx'
import { Invocations } from './triggers/invocations.tsx'

const help = {
  title: 'Lambda triggers',
  body: (
    <p>
      A function that the user pool asks at a certain moment, for example before somebody signs up. The pool names it by an ARN; the
      server's settings (--trigger) say what stands behind the ARN: a file, a webhook or a Lambda function. Where nothing does, whatever
      asks the function fails.
    </p>
  ),
}

interface ShownTrigger extends SetTrigger {
  /** Undefined where the server does not tell. */
  readonly isMapped: boolean | undefined
}

const Mapped = ({ isMapped }: Pick<ShownTrigger, 'isMapped'>) => {
  if (isMapped === undefined) return '-'
  return isMapped ? <StatusIndicator>Mapped</StatusIndicator> : <StatusIndicator type="warning">Not mapped</StatusIndicator>
}

/** The functions that a user pool asks, and the last times that it did. */
export const TriggersPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const pool = usePool()
  const flashes = useFlashes()
  const [doomed, setDoomed] = useState<SetTrigger>()
  const hrefOfTrigger = (name: string) => hrefOf('user-pools/:poolId/triggers/:trigger', { poolId, trigger: name })
  const load = { value: pool?.value, error: pool?.error, loading: pool?.loading ?? true, reload: pool?.reload ?? (() => {}) }
  return (
    <Page title="Lambda triggers" description="Functions that the user pool asks at certain moments." help={help} onReload={load.reload}>
      <Loaded load={load}>
        {(value) => (
          <>
            <TablePage
              embedded
              name="triggers"
              title="Triggers"
              load={async (_size, _token, signal) => {
                const unmapped = await unmappedFunctions(poolId, signal)
                const rows = setTriggers(value).map((one): ShownTrigger => ({ ...one, isMapped: unmapped && !unmapped.includes(one.arn) }))
                return { rows, next: undefined }
              }}
              loadKey={`triggers ${poolId} ${JSON.stringify(value.LambdaConfig ?? {})}`}
              rowId={({ kind }) => kind.name}
              columns={[
                {
                  id: 'trigger',
                  header: 'Trigger',
                  cell: ({ kind }: SetTrigger) => <ConsoleLink href={hrefOfTrigger(kind.name)}>{kind.label}</ConsoleLink>,
                  sort: ({ kind }: SetTrigger) => kind.label,
                },
                {
                  id: 'category',
                  header: 'Trigger type',
                  cell: ({ kind }: SetTrigger) => kind.category,
                  sort: ({ kind }) => kind.category,
                },
                { id: 'arn', header: 'Lambda function', cell: ({ arn }: SetTrigger) => <Copyable text={arn} what="ARN" /> },
                { id: 'mapped', header: 'On this server', cell: ({ isMapped }: ShownTrigger) => <Mapped isMapped={isMapped} /> },
                { id: 'version', header: 'Event version', cell: ({ version }: SetTrigger) => version },
              ]}
              rowActions={(trigger) => (
                <SpaceBetween direction="horizontal" size="xs">
                  <Button disabled={trigger === undefined} onClick={() => setDoomed(trigger)}>
                    Remove
                  </Button>
                </SpaceBetween>
              )}
              createAction={
                <Button href={hrefOf('user-pools/:poolId/triggers/create', { poolId })} onFollow={follow}>
                  Add Lambda trigger
                </Button>
              }
              empty={{ title: 'No triggers', text: 'The user pool asks no functions.' }}
            />
            <Invocations poolId={poolId} />
          </>
        )}
      </Loaded>
      {doomed && (
        <ConfirmDialog
          title={`Remove ${doomed.kind.label}?`}
          verb="Remove"
          onConfirm={() => updatePool(poolId, ({ LambdaConfig }) => ({ LambdaConfig: withoutTrigger(LambdaConfig, doomed.kind.name) }))}
          onClose={(done) => {
            setDoomed(undefined)
            if (!done) return
            flashes.say(`${doomed.kind.label} was removed.`)
            load.reload()
          }}
        >
          The user pool no longer asks {doomed.arn} here.
        </ConfirmDialog>
      )}
    </Page>
  )
}
