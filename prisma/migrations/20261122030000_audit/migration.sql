CREATE TABLE "audit_event" (
    "workspace_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object_kind" TEXT NOT NULL,
    "object_id" TEXT,
    "body" TEXT NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("workspace_id","seq")
);

CREATE INDEX "audit_event_workspace_id_action_seq_idx" ON "audit_event"("workspace_id", "action", "seq" DESC);
CREATE INDEX "audit_event_workspace_id_actor_id_seq_idx" ON "audit_event"("workspace_id", "actor_id", "seq" DESC);
CREATE INDEX "audit_event_workspace_id_object_id_seq_idx" ON "audit_event"("workspace_id", "object_id", "seq" DESC);

ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_event" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_event" FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_only ON "audit_event" AS RESTRICTIVE TO rollcall_app
  USING ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid);
CREATE POLICY visible ON "audit_event" AS PERMISSIVE TO rollcall_app USING (true) WITH CHECK (true);
CREATE POLICY system_all ON "audit_event" AS PERMISSIVE TO rollcall_system USING (true) WITH CHECK (true);
-- Neither role may change or remove what was written.
GRANT SELECT, INSERT ON "audit_event" TO rollcall_app, rollcall_system;

-- One length-prefixed part of the hashed bytes, so that no two different rows have the same bytes.
CREATE FUNCTION audit_part(part bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT int4send(length(part)) || part $$;

-- Appends one row in the caller's transaction. The lock is held until it commits, which is what makes the numbers gapless and the
-- order that of the commits; so it is taken last. The hash is over: previous hash, workspace, number, time, body.
CREATE FUNCTION audit_append(workspace uuid, event jsonb, canonical text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  last record;
  next_seq bigint;
  previous bytea;
  instant timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('rollcall audit ' || workspace::text, 0));
  SELECT a.seq, a.hash INTO last FROM audit_event a WHERE a.workspace_id = workspace ORDER BY a.seq DESC LIMIT 1;
  next_seq := coalesce(last.seq, 0) + 1;
  previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  instant := clock_timestamp();
  INSERT INTO audit_event (workspace_id, seq, at, actor_kind, actor_id, actor_name, action, object_kind, object_id, body, prev_hash, hash)
  VALUES (workspace, next_seq, instant, event->>'actorKind', event->>'actorId', event->>'actorName', event->>'action', event->>'objectKind', event->>'objectId',
    canonical, previous,
    sha256(audit_part(previous) || audit_part(convert_to(workspace::text, 'UTF8')) || audit_part(convert_to(next_seq::text, 'UTF8'))
      || audit_part(convert_to(to_char(instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'UTF8')) || audit_part(convert_to(canonical, 'UTF8'))));
  RETURN next_seq;
END $$;
