-- The tokens of the identity provider were kept as they came. Nothing here uses them.
UPDATE "auth_account"
SET "access_token" = NULL, "refresh_token" = NULL, "id_token" = NULL, "access_token_expires_at" = NULL, "refresh_token_expires_at" = NULL
WHERE "provider_id" <> 'credential';
