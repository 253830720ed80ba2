-- Search by a part of the name. LIKE is not leakproof, so under row-level security PostgreSQL judges every row of the workspace before it
-- compares a name, and no index helps. This one function asks the index as a role that sees every row and can do nothing else; it keeps to
-- the workspace itself and gives ids only, which the caller then reads as whoever they are.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX "identity_name_trigrams_idx" ON "identity" USING gin (lower("name") gin_trgm_ops);
CREATE INDEX "identity_workspace_id_account_idx" ON "identity" ("workspace_id", "account");

GRANT USAGE ON SCHEMA public TO rollcall_search;
GRANT SELECT ("id", "workspace_id", "name", "account") ON "identity" TO rollcall_search;
CREATE POLICY searched ON "identity" AS PERMISSIVE FOR SELECT TO rollcall_search USING (true);

-- Planned anew each time: a good plan for a rare word is a bad one for a common one.
CREATE FUNCTION identities_named(pattern text, exact_account text, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT i.id FROM public.identity i
     WHERE i.workspace_id = NULLIF(current_setting(''app.workspace_id'', true), '''')::uuid
       AND (lower(i.name) LIKE $1 OR i.account = $2) LIMIT $3' USING pattern, exact_account, most;
END $$;
REVOKE ALL ON FUNCTION identities_named(text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identities_named(text, text, integer) TO rollcall_app;

GRANT CREATE ON SCHEMA public TO rollcall_search;
ALTER FUNCTION identities_named(text, text, integer) OWNER TO rollcall_search;
REVOKE CREATE ON SCHEMA public FROM rollcall_search;
