import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import type { DeviceType } from '../../../../src/model/types.gen.ts'
import { type ApiError, asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { pagesOf } from '../../api/paged.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ConsoleLink } from '../../components/console-link.tsx'
import { Copyable } from '../../components/copyable.tsx'
import { Moment } from '../../components/moment.tsx'
import { isSwitchedOff, SwitchedOff } from '../../components/switched-off.tsx'
import { type Column, TablePage } from '../../components/table-page.tsx'
import { hrefOf } from '../../router/path.ts'
import { useFlashes } from '../../shell/flashes.tsx'
import type { PartProps } from './part-props.ts'

const attribute = ({ DeviceAttributes = [] }: DeviceType, name: string) => DeviceAttributes.find(({ Name }) => Name === name)?.Value ?? ''
const isRemembered = (device: DeviceType) => attribute(device, 'dev:device_remembered_status') === 'remembered'

const columns: readonly Column<DeviceType>[] = [
  { id: 'key', header: 'Device key', cell: ({ DeviceKey }) => <Copyable text={DeviceKey} what="Device key" /> },
  { id: 'name', header: 'Device name', cell: (device) => attribute(device, 'device_name') || '-' },
  {
    id: 'remembered',
    header: 'Remembered',
    cell: (device) => (
      <StatusIndicator type={isRemembered(device) ? 'success' : 'stopped'}>
        {isRemembered(device) ? 'Remembered' : 'Not remembered'}
      </StatusIndicator>
    ),
  },
  { id: 'ip', header: 'Last IP address', cell: (device) => attribute(device, 'last_ip_used') || '-' },
  {
    id: 'used',
    header: 'Last authenticated',
    cell: ({ DeviceLastAuthenticatedDate }) => <Moment at={DeviceLastAuthenticatedDate} />,
    sort: ({ DeviceLastAuthenticatedDate = 0 }) => DeviceLastAuthenticatedDate,
  },
  { id: 'created', header: 'Created', cell: ({ DeviceCreateDate }) => <Moment at={DeviceCreateDate} />, isHidden: true },
]

const actions = {
  remember: {
    title: 'Remember device?',
    verb: 'Remember',
    text: 'The device may take the place of the second factor where the pool allows it.',
    done: 'The device is remembered.',
  },
  ignore: {
    title: 'Do not remember device?',
    verb: 'Do not remember',
    text: 'The device stays known, and the second factor is asked for on it.',
    done: 'The device is not remembered any more.',
  },
  forget: {
    title: 'Forget device?',
    verb: 'Forget',
    text: 'The device is deleted. Refresh tokens that were issued to it stop working.',
    done: 'The device was forgotten.',
  },
} as const

/** The devices that a user signed in on and confirmed. */
export const UserDevices = ({ poolId: UserPoolId, username: Username }: PartProps) => {
  const flashes = useFlashes()
  const [off, setOff] = useState<ApiError>()
  const [asked, setAsked] = useState<{ readonly action: keyof typeof actions; readonly key: string; readonly reload: () => void }>()
  const act = async (): Promise<unknown> => {
    const DeviceKey = asked?.key ?? ''
    if (asked?.action === 'forget') return call('AdminForgetDevice', { UserPoolId, Username, DeviceKey })
    const DeviceRememberedStatus = asked?.action === 'remember' ? 'remembered' : 'not_remembered'
    return call('AdminUpdateDeviceStatus', { UserPoolId, Username, DeviceKey, DeviceRememberedStatus })
  }
  const button = (device: DeviceType | undefined, action: keyof typeof actions, text: string, reload: () => void) => (
    <Button
      key={text}
      disabled={device === undefined}
      onClick={() => device?.DeviceKey !== undefined && setAsked({ action, key: device.DeviceKey, reload })}
    >
      {text}
    </Button>
  )
  const pages = pagesOf('AdminListDevices', { UserPoolId, Username })
  if (off !== undefined) {
    return (
      <SwitchedOff
        error={off}
        remedy={
          <>
            Switch <ConsoleLink href={hrefOf('user-pools/:poolId/sign-in/devices', { poolId: UserPoolId })}>device tracking</ConsoleLink> on
            under Sign-in of the pool; devices that confirm themselves from then on are listed.
          </>
        }
      />
    )
  }
  return (
    <>
      <TablePage
        embedded
        name="user-devices"
        title="Devices"
        load={async (size, token, signal) => {
          try {
            return await pages(size, token, signal)
          } catch (thrown) {
            const error = asApiError(thrown)
            if (!isSwitchedOff(error)) throw error
            setOff(error)
            return { rows: [], next: undefined }
          }
        }}
        loadKey={`${UserPoolId} ${Username}`}
        rowId={({ DeviceKey = '' }) => DeviceKey}
        columns={columns}
        findIn={(device) => `${device.DeviceKey} ${attribute(device, 'device_name')} ${attribute(device, 'last_ip_used')}`}
        rowActions={(device, reload) => [
          device !== undefined && isRemembered(device)
            ? button(device, 'ignore', 'Do not remember', reload)
            : button(device, 'remember', 'Remember', reload),
          button(device, 'forget', 'Forget', reload),
        ]}
        empty={{ title: 'No devices', text: 'Devices appear when the pool tracks them and the user signs in on one that confirms itself.' }}
      />
      {asked !== undefined && (
        <ConfirmDialog
          title={actions[asked.action].title}
          verb={actions[asked.action].verb}
          onConfirm={act}
          onClose={(done) => {
            setAsked(undefined)
            if (!done) return
            flashes.say(actions[asked.action].done)
            asked.reload()
          }}
        >
          {actions[asked.action].text}
        </ConfirmDialog>
      )}
    </>
  )
}
