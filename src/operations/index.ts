import type { OperationName } from '../model/types.gen.ts'
import { createUserPoolClient } from './app-clients/create-user-pool-client.ts'
import { createUserPool } from './user-pools/create-user-pool.ts'
import { adminInitiateAuth } from './authentication/admin-initiate-auth.ts'
import { adminRespondToAuthChallenge } from './authentication/admin-respond-to-auth-challenge.ts'
import { adminUserGlobalSignOut } from './authentication/admin-user-global-sign-out.ts'
import { getTokensFromRefreshToken } from './authentication/get-tokens-from-refresh-token.ts'
import { globalSignOut } from './authentication/global-sign-out.ts'
import { initiateAuth } from './authentication/initiate-auth.ts'
import { respondToAuthChallenge } from './authentication/respond-to-auth-challenge.ts'
import { revokeToken } from './authentication/revoke-token.ts'
import type { Operation } from './operation.ts'
import { adminResetUserPassword } from './passwords/admin-reset-user-password.ts'
import { adminSetUserPassword } from './passwords/admin-set-user-password.ts'
import { changePassword } from './passwords/change-password.ts'
import { confirmForgotPassword } from './passwords/confirm-forgot-password.ts'
import { forgotPassword } from './passwords/forgot-password.ts'
import { adminConfirmSignUp } from './sign-up/admin-confirm-sign-up.ts'
import { confirmSignUp } from './sign-up/confirm-sign-up.ts'
import { resendConfirmationCode } from './sign-up/resend-confirmation-code.ts'
import { signUp } from './sign-up/sign-up.ts'
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
  AdminConfirmSignUp: adminConfirmSignUp,
  AdminCreateUser: adminCreateUser,
  AdminDeleteUser: adminDeleteUser,
  AdminDeleteUserAttributes: adminDeleteUserAttributes,
  AdminDisableUser: adminDisableUser,
  AdminEnableUser: adminEnableUser,
  AdminGetUser: adminGetUser,
  AdminInitiateAuth: adminInitiateAuth,
  AdminResetUserPassword: adminResetUserPassword,
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
  AdminSetUserPassword: adminSetUserPassword,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  ChangePassword: changePassword,
  ConfirmForgotPassword: confirmForgotPassword,
  ConfirmSignUp: confirmSignUp,
  CreateUserPool: createUserPool,
  CreateUserPoolClient: createUserPoolClient,
  DeleteUser: deleteUser,
  DeleteUserAttributes: deleteUserAttributes,
  ForgotPassword: forgotPassword,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  GetUser: getUser,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  GlobalSignOut: globalSignOut,
  InitiateAuth: initiateAuth,
  ListUsers: listUsers,
  ResendConfirmationCode: resendConfirmationCode,
  RespondToAuthChallenge: respondToAuthChallenge,
  RevokeToken: revokeToken,
  SignUp: signUp,
  UpdateUserAttributes: updateUserAttributes,
  VerifyUserAttribute: verifyUserAttribute,
}
