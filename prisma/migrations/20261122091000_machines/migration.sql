CREATE TABLE "service_user" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "owner_user_id" TEXT,
    "owner_team" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "service_user_pkey" PRIMARY KEY ("workspace_id","id")
);

CREATE TABLE "federation" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "service_user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "conditions" JSONB NOT NULL,
    "scopes" TEXT[],
    "sources" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "token_minutes" INTEGER NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "federation_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "federation_token_minutes_check" CHECK ("token_minutes" BETWEEN 1 AND 60)
);

CREATE TABLE "federated_token" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "federation_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "federated_token_pkey" PRIMARY KEY ("workspace_id","id")
);

ALTER TABLE "api_key" ADD COLUMN "service_user_id" UUID;

CREATE UNIQUE INDEX "federation_id_key" ON "federation"("id");
CREATE UNIQUE INDEX "federated_token_key_id_key" ON "federated_token"("key_id");
CREATE INDEX "federated_token_workspace_id_federation_id_expires_at_idx" ON "federated_token"("workspace_id", "federation_id", "expires_at");

ALTER TABLE "service_user" ADD CONSTRAINT "service_user_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "federation" ADD CONSTRAINT "federation_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "federation" ADD CONSTRAINT "federation_workspace_id_service_user_id_fkey" FOREIGN KEY ("workspace_id", "service_user_id") REFERENCES "service_user"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;
ALTER TABLE "federated_token" ADD CONSTRAINT "federated_token_workspace_id_federation_id_fkey" FOREIGN KEY ("workspace_id", "federation_id") REFERENCES "federation"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_workspace_id_service_user_id_fkey" FOREIGN KEY ("workspace_id", "service_user_id") REFERENCES "service_user"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- Who may come in, and as what, is decided by the system role only: the role that reads inventories has no right on these at all.
DO $$
DECLARE
  tenant_table text;
  rule constant text := $rule$("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid)$rule$;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['service_user', 'federation', 'federated_token'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY workspace_only ON %I AS RESTRICTIVE TO rollcall_app USING %s WITH CHECK %s', tenant_table, rule, rule);
    EXECUTE format('CREATE POLICY limited ON %I AS RESTRICTIVE TO rollcall_limited USING (false)', tenant_table);
    EXECUTE format('CREATE POLICY system_all ON %I AS PERMISSIVE TO rollcall_system USING (true) WITH CHECK (true)', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO rollcall_system', tenant_table);
  END LOOP;
END $$;
