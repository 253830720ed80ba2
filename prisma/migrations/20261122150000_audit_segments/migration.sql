-- Old rows of the audit log may leave in whole segments. What stays of them is a signed record of where the chain went on.
CREATE TABLE "audit_segment" (
    "workspace_id" UUID NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "last_hash" BYTEA NOT NULL,
    "pruned_at" TIMESTAMPTZ(3) NOT NULL,
    "public_key" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "audit_segment_pkey" PRIMARY KEY ("workspace_id","last_seq")
);

ALTER TABLE "audit_segment" ADD CONSTRAINT "audit_segment_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_segment" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_segment" FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace_only ON "audit_segment" AS RESTRICTIVE TO rollcall_app
  USING ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid);
CREATE POLICY visible ON "audit_segment" AS PERMISSIVE TO rollcall_app USING (true);
CREATE POLICY limited ON "audit_segment" AS RESTRICTIVE TO rollcall_limited USING (false) WITH CHECK (false);
GRANT SELECT ON "audit_segment" TO rollcall_app;

-- The role that owns the one function below, and nothing else: nobody signs in as it.
GRANT USAGE ON SCHEMA public TO rollcall_prune;
GRANT SELECT, DELETE ON "audit_event" TO rollcall_prune;
GRANT INSERT ON "audit_segment" TO rollcall_prune;
CREATE POLICY pruned ON "audit_event" AS PERMISSIVE TO rollcall_prune
  USING ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid);
CREATE POLICY pruned ON "audit_segment" AS PERMISSIVE FOR INSERT TO rollcall_prune
  WITH CHECK ("workspace_id" = NULLIF(current_setting('app.workspace_id', true), '')::uuid);

-- Removes the oldest rows up to a number and keeps their signed record. Whoever calls it: no row younger than 400 days by this server's clock
-- goes, nor the newest, nor any while a row of the segment is not what it was when it was written.
CREATE FUNCTION audit_prune(upto bigint, signed_hash text, instant timestamptz, signer text, seal text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  workspace uuid := NULLIF(current_setting('app.workspace_id', true), '')::uuid;
  head record;
  tail record;
  removed bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('rollcall audit ' || workspace::text, 0));
  SELECT a.seq, a.at, a.prev_hash INTO head FROM public.audit_event a WHERE a.workspace_id = workspace ORDER BY a.seq LIMIT 1;
  SELECT a.seq, a.at, a.hash INTO tail FROM public.audit_event a WHERE a.workspace_id = workspace AND a.seq = upto;
  IF tail.seq IS NULL OR NOT EXISTS (SELECT 1 FROM public.audit_event a WHERE a.workspace_id = workspace AND a.seq > upto) THEN
    RAISE EXCEPTION 'the segment does not end before the newest row' USING ERRCODE = 'RC001';
  END IF;
  IF tail.hash <> decode(signed_hash, 'hex') THEN
    RAISE EXCEPTION 'the segment is not the one that was signed' USING ERRCODE = 'RC001';
  END IF;
  IF EXISTS (SELECT 1 FROM public.audit_event a WHERE a.workspace_id = workspace AND a.seq <= upto AND a.at > clock_timestamp() - interval '400 days') THEN
    RAISE EXCEPTION 'the segment is younger than 400 days' USING ERRCODE = 'RC001';
  END IF;
  IF EXISTS (
    SELECT 1 FROM (
      SELECT a.*, lag(a.seq) OVER chain AS seq_before, lag(a.hash) OVER chain AS hash_before
        FROM public.audit_event a WHERE a.workspace_id = workspace AND a.seq <= upto + 1 WINDOW chain AS (ORDER BY a.seq)) r
     WHERE r.seq <> coalesce(r.seq_before + 1, r.seq) OR r.prev_hash <> coalesce(r.hash_before, r.prev_hash)
        OR r.hash <> sha256(audit_part(r.prev_hash) || audit_part(convert_to(workspace::text, 'UTF8')) || audit_part(convert_to(r.seq::text, 'UTF8'))
          || audit_part(convert_to(to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'UTF8')) || audit_part(convert_to(r.body, 'UTF8')))) THEN
    RAISE EXCEPTION 'the chain of the segment is broken' USING ERRCODE = 'RC002';
  END IF;
  INSERT INTO public.audit_segment (workspace_id, first_seq, last_seq, first_at, last_at, prev_hash, last_hash, pruned_at, public_key, signature)
    VALUES (workspace, head.seq, tail.seq, head.at, tail.at, head.prev_hash, tail.hash, instant, signer, seal);
  DELETE FROM public.audit_event a WHERE a.workspace_id = workspace AND a.seq <= upto;
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;
REVOKE ALL ON FUNCTION audit_prune(bigint, text, timestamptz, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_prune(bigint, text, timestamptz, text, text) TO rollcall_app;

GRANT CREATE ON SCHEMA public TO rollcall_prune;
ALTER FUNCTION audit_prune(bigint, text, timestamptz, text, text) OWNER TO rollcall_prune;
REVOKE CREATE ON SCHEMA public FROM rollcall_prune;
