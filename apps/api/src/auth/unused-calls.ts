/**
 * Calls that the sign-in library brings and nothing here uses. Each would be a way in, a way to the provider's tokens, a place to guess a password
 * or a change that no audit row tells of: whoever asks for one is told that there is none.
 */
export const unusedCalls: ReadonlySet<string> = new Set([
  "/sign-up/email",
  "/request-password-reset",
  "/reset-password",
  "/reset-password/:token",
  "/verify-password",
  "/verify-email",
  "/send-verification-email",
  "/update-session",
  "/list-sessions",
  "/revoke-session",
  "/revoke-sessions",
  "/revoke-other-sessions",
  "/delete-user",
  "/delete-user/callback",
  "/link-social",
  "/unlink-account",
  "/list-accounts",
  "/account-info",
  "/get-access-token",
  "/refresh-token",
  "/two-factor/get-totp-uri",
  "/two-factor/send-otp",
  "/two-factor/verify-otp",
  "/two-factor/generate-backup-codes",
  "/passkey/update-passkey",
  "/ok",
]);
