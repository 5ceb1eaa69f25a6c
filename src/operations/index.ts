import type { OperationName } from '../model/types.gen.ts'
import { createUserPoolClient } from './app-clients/create-user-pool-client.ts'
import { deleteUserPoolClient } from './app-clients/delete-user-pool-client.ts'
import { describeUserPoolClient } from './app-clients/describe-user-pool-client.ts'
import { listUserPoolClients } from './app-clients/list-user-pool-clients.ts'
import { updateUserPoolClient } from './app-clients/update-user-pool-client.ts'
import { adminGetUserAuthFactors } from './authentication/admin-get-user-auth-factors.ts'
import { adminInitiateAuth } from './authentication/admin-initiate-auth.ts'
import { adminRespondToAuthChallenge } from './authentication/admin-respond-to-auth-challenge.ts'
import { adminUserGlobalSignOut } from './authentication/admin-user-global-sign-out.ts'
import { getClientToken } from './authentication/get-client-token.ts'
import { getTokensFromRefreshToken } from './authentication/get-tokens-from-refresh-token.ts'
import { getUserAuthFactors } from './authentication/get-user-auth-factors.ts'
import { globalSignOut } from './authentication/global-sign-out.ts'
import { initiateAuth } from './authentication/initiate-auth.ts'
import { respondToAuthChallenge } from './authentication/respond-to-auth-challenge.ts'
import { revokeToken } from './authentication/revoke-token.ts'
import { createManagedLoginBranding } from './branding/create-managed-login-branding.ts'
import { deleteManagedLoginBranding } from './branding/delete-managed-login-branding.ts'
import { describeManagedLoginBranding } from './branding/describe-managed-login-branding.ts'
import { describeManagedLoginBrandingByClient } from './branding/describe-managed-login-branding-by-client.ts'
import { getUICustomization } from './branding/get-ui-customization.ts'
import { setUICustomization } from './branding/set-ui-customization.ts'
import { updateManagedLoginBranding } from './branding/update-managed-login-branding.ts'
import { addUserPoolClientSecret } from './client-secrets/add-user-pool-client-secret.ts'
import { deleteUserPoolClientSecret } from './client-secrets/delete-user-pool-client-secret.ts'
import { listUserPoolClientSecrets } from './client-secrets/list-user-pool-client-secrets.ts'
import { adminForgetDevice } from './devices/admin-forget-device.ts'
import { adminGetDevice } from './devices/admin-get-device.ts'
import { adminListDevices } from './devices/admin-list-devices.ts'
import { adminUpdateDeviceStatus } from './devices/admin-update-device-status.ts'
import { confirmDevice } from './devices/confirm-device.ts'
import { forgetDevice } from './devices/forget-device.ts'
import { getDevice } from './devices/get-device.ts'
import { listDevices } from './devices/list-devices.ts'
import { updateDeviceStatus } from './devices/update-device-status.ts'
import { createUserPoolDomain } from './domains/create-user-pool-domain.ts'
import { deleteUserPoolDomain } from './domains/delete-user-pool-domain.ts'
import { describeUserPoolDomain } from './domains/describe-user-pool-domain.ts'
import { updateUserPoolDomain } from './domains/update-user-pool-domain.ts'
import { adminAddUserToGroup } from './groups/admin-add-user-to-group.ts'
import { adminListGroupsForUser } from './groups/admin-list-groups-for-user.ts'
import { adminRemoveUserFromGroup } from './groups/admin-remove-user-from-group.ts'
import { createGroup } from './groups/create-group.ts'
import { deleteGroup } from './groups/delete-group.ts'
import { getGroup } from './groups/get-group.ts'
import { listGroups } from './groups/list-groups.ts'
import { listUsersInGroup } from './groups/list-users-in-group.ts'
import { updateGroup } from './groups/update-group.ts'
import { adminDeleteSoftwareToken } from './mfa/admin-delete-software-token.ts'
import { adminSetUserMFAPreference } from './mfa/admin-set-user-mfa-preference.ts'
import { adminSetUserSettings } from './mfa/admin-set-user-settings.ts'
import { associateSoftwareToken } from './mfa/associate-software-token.ts'
import { setUserMFAPreference } from './mfa/set-user-mfa-preference.ts'
import { setUserSettings } from './mfa/set-user-settings.ts'
import { verifySoftwareToken } from './mfa/verify-software-token.ts'
import type { Operation } from './operation.ts'
import { completeWebAuthnRegistration } from './passkeys/complete-web-authn-registration.ts'
import { deleteWebAuthnCredential } from './passkeys/delete-web-authn-credential.ts'
import { listWebAuthnCredentials } from './passkeys/list-web-authn-credentials.ts'
import { startWebAuthnRegistration } from './passkeys/start-web-authn-registration.ts'
import { adminResetUserPassword } from './passwords/admin-reset-user-password.ts'
import { adminSetUserPassword } from './passwords/admin-set-user-password.ts'
import { changePassword } from './passwords/change-password.ts'
import { confirmForgotPassword } from './passwords/confirm-forgot-password.ts'
import { forgotPassword } from './passwords/forgot-password.ts'
import { createResourceServer } from './resource-servers/create-resource-server.ts'
import { deleteResourceServer } from './resource-servers/delete-resource-server.ts'
import { describeResourceServer } from './resource-servers/describe-resource-server.ts'
import { listResourceServers } from './resource-servers/list-resource-servers.ts'
import { updateResourceServer } from './resource-servers/update-resource-server.ts'
import { adminListUserSessions } from './sessions/admin-list-user-sessions.ts'
import { adminRevokeUserSession } from './sessions/admin-revoke-user-session.ts'
import { getUserPoolClientSessionConfiguration } from './sessions/get-user-pool-client-session-configuration.ts'
import { getUserPoolSessionConfiguration } from './sessions/get-user-pool-session-configuration.ts'
import { listUserSessions } from './sessions/list-user-sessions.ts'
import { revokeUserSession } from './sessions/revoke-user-session.ts'
import { setUserPoolClientSessionConfiguration } from './sessions/set-user-pool-client-session-configuration.ts'
import { setUserPoolSessionConfiguration } from './sessions/set-user-pool-session-configuration.ts'
import { adminConfirmSignUp } from './sign-up/admin-confirm-sign-up.ts'
import { confirmSignUp } from './sign-up/confirm-sign-up.ts'
import { resendConfirmationCode } from './sign-up/resend-confirmation-code.ts'
import { signUp } from './sign-up/sign-up.ts'
import { listTagsForResource } from './tags/list-tags-for-resource.ts'
import { tagResource } from './tags/tag-resource.ts'
import { untagResource } from './tags/untag-resource.ts'
import { createTerms } from './terms/create-terms.ts'
import { deleteTerms } from './terms/delete-terms.ts'
import { describeTerms } from './terms/describe-terms.ts'
import { describeTermsByClient } from './terms/describe-terms-by-client.ts'
import { listTerms } from './terms/list-terms.ts'
import { updateTerms } from './terms/update-terms.ts'
import { adminListUserAuthEvents } from './threat-protection/admin-list-user-auth-events.ts'
import { adminUpdateAuthEventFeedback } from './threat-protection/admin-update-auth-event-feedback.ts'
import { describeRiskConfiguration } from './threat-protection/describe-risk-configuration.ts'
import { setRiskConfiguration } from './threat-protection/set-risk-configuration.ts'
import { updateAuthEventFeedback } from './threat-protection/update-auth-event-feedback.ts'
import { addCustomAttributes } from './user-pools/add-custom-attributes.ts'
import { createUserPool } from './user-pools/create-user-pool.ts'
import { deleteUserPool } from './user-pools/delete-user-pool.ts'
import { describeUserPool } from './user-pools/describe-user-pool.ts'
import { getSigningCertificate } from './user-pools/get-signing-certificate.ts'
import { getUserPoolMfaConfig } from './user-pools/get-user-pool-mfa-config.ts'
import { listUserPools } from './user-pools/list-user-pools.ts'
import { setUserPoolMfaConfig } from './user-pools/set-user-pool-mfa-config.ts'
import { updateUserPool } from './user-pools/update-user-pool.ts'
import { adminCreateUser } from './users/admin-create-user.ts'
import { adminDeleteUser } from './users/admin-delete-user.ts'
import { adminDeleteUserAttributes } from './users/admin-delete-user-attributes.ts'
import { adminDisableUser } from './users/admin-disable-user.ts'
import { adminEnableUser } from './users/admin-enable-user.ts'
import { adminGetUser } from './users/admin-get-user.ts'
import { adminUpdateUserAttributes } from './users/admin-update-user-attributes.ts'
import { deleteUser } from './users/delete-user.ts'
import { deleteUserAttributes } from './users/delete-user-attributes.ts'
import { getUser } from './users/get-user.ts'
import { getUserAttributeVerificationCode } from './users/get-user-attribute-verification-code.ts'
import { listUsers } from './users/list-users.ts'
import { updateUserAttributes } from './users/update-user-attributes.ts'
import { verifyUserAttribute } from './users/verify-user-attribute.ts'

/** The operations that are built; one that is missing answers NotImplementedException by name. */
export const operations: { readonly [N in OperationName]?: Operation<N> } = {
  AddCustomAttributes: addCustomAttributes,
  AddUserPoolClientSecret: addUserPoolClientSecret,
  AdminAddUserToGroup: adminAddUserToGroup,
  AdminConfirmSignUp: adminConfirmSignUp,
  AdminCreateUser: adminCreateUser,
  AdminDeleteSoftwareToken: adminDeleteSoftwareToken,
  AdminDeleteUser: adminDeleteUser,
  AdminDeleteUserAttributes: adminDeleteUserAttributes,
  AdminDisableUser: adminDisableUser,
  AdminEnableUser: adminEnableUser,
  AdminForgetDevice: adminForgetDevice,
  AdminGetDevice: adminGetDevice,
  AdminGetUser: adminGetUser,
  AdminGetUserAuthFactors: adminGetUserAuthFactors,
  AdminInitiateAuth: adminInitiateAuth,
  AdminListDevices: adminListDevices,
  AdminListGroupsForUser: adminListGroupsForUser,
  AdminListUserAuthEvents: adminListUserAuthEvents,
  AdminListUserSessions: adminListUserSessions,
  AdminRemoveUserFromGroup: adminRemoveUserFromGroup,
  AdminResetUserPassword: adminResetUserPassword,
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
  AdminRevokeUserSession: adminRevokeUserSession,
  AdminSetUserMFAPreference: adminSetUserMFAPreference,
  AdminSetUserPassword: adminSetUserPassword,
  AdminSetUserSettings: adminSetUserSettings,
  AdminUpdateAuthEventFeedback: adminUpdateAuthEventFeedback,
  AdminUpdateDeviceStatus: adminUpdateDeviceStatus,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  AssociateSoftwareToken: associateSoftwareToken,
  ChangePassword: changePassword,
  CompleteWebAuthnRegistration: completeWebAuthnRegistration,
  ConfirmDevice: confirmDevice,
  ConfirmForgotPassword: confirmForgotPassword,
  ConfirmSignUp: confirmSignUp,
  CreateGroup: createGroup,
  CreateManagedLoginBranding: createManagedLoginBranding,
  CreateResourceServer: createResourceServer,
  CreateTerms: createTerms,
  CreateUserPool: createUserPool,
  CreateUserPoolClient: createUserPoolClient,
  CreateUserPoolDomain: createUserPoolDomain,
  DeleteGroup: deleteGroup,
  DeleteManagedLoginBranding: deleteManagedLoginBranding,
  DeleteResourceServer: deleteResourceServer,
  DeleteTerms: deleteTerms,
  DeleteUser: deleteUser,
  DeleteUserAttributes: deleteUserAttributes,
  DeleteUserPool: deleteUserPool,
  DeleteUserPoolClient: deleteUserPoolClient,
  DeleteUserPoolClientSecret: deleteUserPoolClientSecret,
  DeleteUserPoolDomain: deleteUserPoolDomain,
  DeleteWebAuthnCredential: deleteWebAuthnCredential,
  DescribeManagedLoginBranding: describeManagedLoginBranding,
  DescribeManagedLoginBrandingByClient: describeManagedLoginBrandingByClient,
  DescribeResourceServer: describeResourceServer,
  DescribeRiskConfiguration: describeRiskConfiguration,
  DescribeTerms: describeTerms,
  DescribeTermsByClient: describeTermsByClient,
  DescribeUserPool: describeUserPool,
  DescribeUserPoolClient: describeUserPoolClient,
  DescribeUserPoolDomain: describeUserPoolDomain,
  ForgetDevice: forgetDevice,
  ForgotPassword: forgotPassword,
  GetClientToken: getClientToken,
  GetDevice: getDevice,
  GetGroup: getGroup,
  GetSigningCertificate: getSigningCertificate,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  GetUICustomization: getUICustomization,
  GetUser: getUser,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  GetUserAuthFactors: getUserAuthFactors,
  GetUserPoolClientSessionConfiguration: getUserPoolClientSessionConfiguration,
  GetUserPoolMfaConfig: getUserPoolMfaConfig,
  GetUserPoolSessionConfiguration: getUserPoolSessionConfiguration,
  GlobalSignOut: globalSignOut,
  InitiateAuth: initiateAuth,
  ListDevices: listDevices,
  ListGroups: listGroups,
  ListResourceServers: listResourceServers,
  ListTagsForResource: listTagsForResource,
  ListTerms: listTerms,
  ListUserPoolClientSecrets: listUserPoolClientSecrets,
  ListUserPoolClients: listUserPoolClients,
  ListUserPools: listUserPools,
  ListUserSessions: listUserSessions,
  ListUsers: listUsers,
  ListUsersInGroup: listUsersInGroup,
  ListWebAuthnCredentials: listWebAuthnCredentials,
  ResendConfirmationCode: resendConfirmationCode,
  RespondToAuthChallenge: respondToAuthChallenge,
  RevokeToken: revokeToken,
  RevokeUserSession: revokeUserSession,
  SetRiskConfiguration: setRiskConfiguration,
  SetUICustomization: setUICustomization,
  SetUserMFAPreference: setUserMFAPreference,
  SetUserPoolClientSessionConfiguration: setUserPoolClientSessionConfiguration,
  SetUserPoolMfaConfig: setUserPoolMfaConfig,
  SetUserPoolSessionConfiguration: setUserPoolSessionConfiguration,
  SetUserSettings: setUserSettings,
  SignUp: signUp,
  StartWebAuthnRegistration: startWebAuthnRegistration,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateAuthEventFeedback: updateAuthEventFeedback,
  UpdateDeviceStatus: updateDeviceStatus,
  UpdateGroup: updateGroup,
  UpdateManagedLoginBranding: updateManagedLoginBranding,
  UpdateResourceServer: updateResourceServer,
  UpdateTerms: updateTerms,
  UpdateUserAttributes: updateUserAttributes,
  UpdateUserPool: updateUserPool,
  UpdateUserPoolClient: updateUserPoolClient,
  UpdateUserPoolDomain: updateUserPoolDomain,
  VerifySoftwareToken: verifySoftwareToken,
  VerifyUserAttribute: verifyUserAttribute,
}
