import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'

const looks: Readonly<Record<string, readonly [StatusIndicatorProps.Type, string]>> = {
  CONFIRMED: ['success', 'Confirmed'],
  UNCONFIRMED: ['pending', 'Unconfirmed'],
  FORCE_CHANGE_PASSWORD: ['warning', 'Force change password'],
  RESET_REQUIRED: ['warning', 'Reset required'],
  EXTERNAL_PROVIDER: ['info', 'External provider'],
  ARCHIVED: ['stopped', 'Archived'],
  COMPROMISED: ['error', 'Compromised'],
}

/** Whether a user's account is confirmed. */
export const UserStatus = ({ status = 'UNKNOWN' }: { readonly status?: string | undefined }) => {
  const [type, text] = looks[status] ?? ['info', status]
  return (
    <StatusIndicator type={type}>
      <span className="words">{text}</span>
    </StatusIndicator>
  )
}

/** Whether a user may sign in at all. */
export const UserEnabled = ({ enabled }: { readonly enabled: boolean | undefined }) => (
  <StatusIndicator type={enabled ? 'success' : 'stopped'}>
    <span className="words">{enabled ? 'Enabled' : 'Disabled'}</span>
  </StatusIndicator>
)
